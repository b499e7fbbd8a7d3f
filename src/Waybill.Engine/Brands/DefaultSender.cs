using Waybill.Mime.Addresses;

namespace Waybill.Engine.Brands;

/// <summary>Who speaks for a brand that has no address of its own.</summary>
/// <param name="From">SMTP_FROM.</param>
/// <param name="Domains">The domains that the default relay may be used for; a support address in one of them may be the sender.</param>
public sealed record DefaultSender(Mailbox From, IReadOnlyCollection<string> Domains);
