using System.Security.Cryptography;
using System.Text;
using Waybill.Mime;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Relays;

/// <summary>One request to Resend: the message for those who still wait for it.</summary>
/// <param name="To">Never empty.</param>
/// <param name="Cc">Seen by all.</param>
/// <param name="Bcc">Seen by none.</param>
/// <param name="Positions">Of the recipients that it settles.</param>
internal sealed record ResendLetter(
    IReadOnlyList<string> To, IReadOnlyList<string> Cc, IReadOnlyList<string> Bcc, IReadOnlyList<int> Positions)
{
    /// <summary>
    /// One letter, as a rule. Resend writes To and Cc from its recipients and wants one To: when nobody there waits any more, those of Cc
    /// take its place; hidden ones get a letter each, so that none sees another.
    /// </summary>
    public static IReadOnlyList<ResendLetter> Of(Parcel parcel, MimeMessage message)
    {
        var waiting = parcel.Recipients.ToLookup(recipient => recipient.Address, recipient => recipient.Position);
        var (to, cc) = (Among(message.To, waiting), Among(message.Cc, waiting));
        var hidden = parcel.Recipients.Where(recipient => !Names(message.To, recipient.Address) && !Names(message.Cc, recipient.Address))
            .ToList();
        int[] all = [.. parcel.Recipients.Select(recipient => recipient.Position)];
        string[] bcc = [.. hidden.Select(recipient => recipient.Address.ToString())];
        if (to.Count > 0) return [new(to, cc, bcc, all)];
        if (cc.Count > 0) return [new(cc, [], bcc, all)];
        return [.. hidden.Select(recipient => new ResendLetter([recipient.Address.ToString()], [], [], [recipient.Position]))];
    }

    /// <summary>
    /// The same for the same message to the same people, so that a repetition is taken for one, and another one when fewer wait: under one
    /// key Resend wants one body.
    /// </summary>
    public string IdempotencyKey(string messageId)
    {
        var people = string.Join('\n', [.. To, "cc", .. Cc, "bcc", .. Bcc]);
        var left = messageId[1..messageId.LastIndexOf('@')];
        return $"{left}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(people)))[..16]}";
    }

    static List<string> Among(IReadOnlyList<Mailbox> mailboxes, ILookup<Address, int> waiting) =>
        [.. mailboxes.Where(mailbox => waiting.Contains(mailbox.Address)).Select(mailbox => mailbox.ToString())];

    static bool Names(IReadOnlyList<Mailbox> mailboxes, Address address) => mailboxes.Any(mailbox => mailbox.Address == address);
}
