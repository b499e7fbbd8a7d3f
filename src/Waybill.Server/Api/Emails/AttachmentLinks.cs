using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Secrets;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Emails;

/// <summary>Signed links to attachments' content: for one hour, for one attachment, for whoever has the link.</summary>
internal sealed class AttachmentLinks(DataKeys keys, PublicAddress address, TimeProvider clock)
{
    static readonly TimeSpan Life = TimeSpan.FromHours(1);

    readonly byte[] key = keys.Derive("attachment links");

    /// <summary>The attachment with a fresh link.</summary>
    public AttachmentRow Describe(MessageId message, AttachmentRecord attachment)
    {
        var expires = clock.GetUtcNow() + Life;
        var until = expires.ToUnixTimeSeconds();
        return new(
            attachment.Id,
            attachment.FileName,
            attachment.Size,
            attachment.ContentType,
            attachment.ContentId is null ? "attachment" : "inline",
            attachment.ContentId,
            $"{address.Url}/emails/{message}/attachments/{attachment.Id:D}/content?expires={until.ToString(CultureInfo.InvariantCulture)}&signature={Sign(message, attachment.Id, until)}",
            DateTimeOffset.FromUnixTimeSeconds(until).OnTheWire());
    }

    /// <summary>Whether a link is one of ours and still lives.</summary>
    public bool IsValid(MessageId message, Guid attachment, IQueryCollection query) =>
        long.TryParse(query["expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var until)
        && until >= clock.GetUtcNow().ToUnixTimeSeconds()
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(query["signature"].ToString()), Encoding.ASCII.GetBytes(Sign(message, attachment, until)));

    string Sign(MessageId message, Guid attachment, long until) => Base64Url.EncodeToString(
        HMACSHA256.HashData(
            key, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message}/{attachment:D}/{until}"))));
}
