using Waybill.Mime.Addresses;

namespace Waybill.Smtp;

/// <summary>From whom and to whom a message is handed over (RFC 5321 §2.3.1); its headers have no say in it.</summary>
/// <param name="ReversePath">Where bounces go; null is the empty path <c>&lt;&gt;</c>.</param>
/// <param name="Recipients">At least one. Each gets its own outcome, in this order.</param>
public sealed record Envelope(Address? ReversePath, IReadOnlyList<Address> Recipients);
