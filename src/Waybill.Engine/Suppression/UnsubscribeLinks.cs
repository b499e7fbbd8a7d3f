using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Journal;
using Waybill.Engine.Routing;
using Waybill.Engine.Secrets;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Suppression;

/// <summary>
/// Links by which a recipient unsubscribes with one click (RFC 8058). Tenant, stream and address are sealed in the link: nobody reads them
/// there, and nobody who has not the master key makes one. The same three give the same link on every node and after every start.
/// </summary>
public sealed class UnsubscribeLinks
{
    internal const string Header = "List-Unsubscribe";
    const string PostHeader = "List-Unsubscribe-Post";
    const string OneClick = "List-Unsubscribe=One-Click";
    const int NonceSize = 12;
    const int TagSize = 16;
    const int TenantSize = 16;
    const int LongestToken = 1000;

    readonly string? prefix;
    readonly byte[] sealing;
    readonly byte[] naming;

    /// <summary>Links under an address that recipients can reach; without one there are none.</summary>
    public UnsubscribeLinks(DataKeys keys, Uri? publicUrl)
    {
        prefix = publicUrl is null ? null : publicUrl.ToString().TrimEnd('/') + "/unsubscribe/";
        sealing = keys.Derive("unsubscribe");
        naming = keys.Derive("unsubscribe nonce");
    }

    /// <summary>The link for a recipient of a stream; null when our public address is not known.</summary>
    public string? For(TenantId tenant, string stream, string address) => prefix is null ? null : prefix + Token(tenant, stream, address);

    /// <summary>The last part of the link.</summary>
    public string Token(TenantId tenant, string stream, string address)
    {
        var plain = new byte[TenantSize + Encoding.UTF8.GetByteCount(stream) + 1 + Encoding.UTF8.GetByteCount(address)];
        tenant.Value.TryWriteBytes(plain, bigEndian: true, out _);
        var length = Encoding.UTF8.GetBytes(stream, plain.AsSpan(TenantSize));
        Encoding.UTF8.GetBytes(address, plain.AsSpan(TenantSize + length + 1));

        // A nonce made of what is sealed: the same content has the same link, and no two contents have the same nonce.
        var box = new byte[NonceSize + TagSize + plain.Length];
        HMACSHA256.HashData(naming, plain).AsSpan(0, NonceSize).CopyTo(box);
        using var aes = new AesGcm(sealing, TagSize);
        aes.Encrypt(box.AsSpan(0, NonceSize), plain, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize));
        return Base64Url.EncodeToString(box);
    }

    /// <summary>Who unsubscribes from what; null when the token is not ours.</summary>
    public Unsubscription? Open(string token)
    {
        if (token.Length > LongestToken || !Base64Url.IsValid(token)) return null;
        var box = Base64Url.DecodeFromChars(token);
        if (box.Length <= NonceSize + TagSize + TenantSize) return null;
        var plain = new byte[box.Length - NonceSize - TagSize];
        using var aes = new AesGcm(sealing, TagSize);
        try
        {
            aes.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(plain.AsSpan(TenantSize)).Split('\0', 2);
        return new(new TenantId(new Guid(plain.AsSpan(0, TenantSize), bigEndian: true)), text[0], text[1]);
    }

    /// <summary>
    /// The message with the two headers, where its stream offers to unsubscribe, it is for one recipient alone, our public address is
    /// known, and its sender did not bring a header of that name.
    /// </summary>
    internal NewMessage AddTo(TenantId tenant, NewMessage message, StreamPolicy stream)
    {
        if (!stream.OffersUnsubscribe || message.Recipients is not [var only] || Brings(message, Header) || Brings(message, PostHeader))
            return message;
        return For(tenant, stream.Name, only.Mailbox.Address.ToString()) is not { } link
            ? message
            : message with { Headers = [.. message.Headers, new HeaderField(Header, $"<{link}>"), new HeaderField(PostHeader, OneClick)] };
    }

    static bool Brings(NewMessage message, string name) =>
        message.Headers.Any(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What an unsubscribe link says.</summary>
/// <param name="Tenant">Whose mail.</param>
/// <param name="Stream">Which of it.</param>
/// <param name="Address">To whom.</param>
public sealed record Unsubscription(TenantId Tenant, string Stream, string Address);
