using Waybill.Mime.Addresses;

namespace Waybill.Engine.Composing;

/// <summary>Who speaks for a brand that has no address of its own: SMTP_FROM.</summary>
public sealed record DefaultSender(Mailbox From);
