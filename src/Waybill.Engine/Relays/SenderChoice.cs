using Waybill.Mime.Addresses;

namespace Waybill.Engine.Relays;

/// <summary>Who a mail that speaks for a brand comes from, and where its answers go (product.md, ruling 22).</summary>
public sealed record SenderChoice(Mailbox From, Mailbox? ReplyTo)
{
    /// <summary>
    /// Who the program's own mails come from: the default sender's address under the same name, where the tenant may not choose one (ADR
    /// 20).
    /// </summary>
    public Mailbox ProgramFrom { get; init; } = From;

    /// <summary>
    /// Name: the sender name, else the name of the brand's own relay, else the brand's. Address: with a relay of its own, the one
    /// that goes with it; without, its support address if the default relay may be used for that domain; else the default relay's sender.
    /// Answers: the reply-to address, else the support address, else the operator.
    /// </summary>
    public static SenderChoice Make(
        SenderWishes wishes, Address defaultFrom, IReadOnlyCollection<string> defaultDomains, Address? operatorAddress)
    {
        var name = First(wishes.SenderName, wishes.RelayFromName, wishes.BrandName);
        var replyTo = wishes.ReplyTo ?? wishes.Support ?? operatorAddress;
        return new(new Mailbox(name, Sender(wishes, defaultFrom, defaultDomains)), replyTo is null ? null : new Mailbox(null, replyTo));
    }

    static Address Sender(SenderWishes wishes, Address defaultFrom, IReadOnlyCollection<string> defaultDomains)
    {
        if (wishes.HasOwnRelay) return wishes.RelayFrom ?? defaultFrom;
        return wishes.Support is { } support && MayBeUsedFor(support.Domain, defaultDomains) ? support : defaultFrom;
    }

    static bool MayBeUsedFor(string domain, IReadOnlyCollection<string> domains) =>
        domains.Contains(domain, StringComparer.OrdinalIgnoreCase);

    static string? First(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
            if (!string.IsNullOrWhiteSpace(name)) return NameText.Clean(name).Trim();
        return null;
    }
}

/// <summary>What a brand says of its sender; null where it says nothing.</summary>
/// <param name="BrandName">What the brand is called.</param>
/// <param name="SenderName">The name that it wants to be seen as.</param>
/// <param name="RelayFromName">The name that goes with its own relay.</param>
/// <param name="RelayFrom">The address that goes with its own relay.</param>
/// <param name="HasOwnRelay">Whether it has a relay of its own.</param>
/// <param name="ReplyTo">Where answers are to go.</param>
/// <param name="Support">Its support address.</param>
public sealed record SenderWishes(
    string BrandName, string? SenderName, string? RelayFromName, Address? RelayFrom, bool HasOwnRelay, Address? ReplyTo, Address? Support);
