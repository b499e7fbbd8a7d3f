using System.Security.Cryptography;
using Waybill.Engine.Journal;
using Waybill.Engine.Secrets;
using Waybill.Mime;
using Waybill.Mime.Addresses;
using Waybill.Mime.Bodies;
using Waybill.Mime.Headers;

namespace Waybill.Engine.Composing;

/// <summary>
/// Writes a message's bytes from its snapshot. The first time it decides what is not in the inputs (date, boundary); from then on the same
/// snapshot gives the same bytes for ever, and the hash proves it. Secret values are in the bytes that are handed over and in no others.
/// </summary>
public sealed class Composer(AttachmentContent content, DataKeys keys, TimeProvider clock)
{
    /// <summary>Above this, attachments are streamed from the database, once for the hash and once for the wire.</summary>
    const long HeldInMemory = 1 << 20;

    /// <summary>Composes what is handed over, for the first time or again: a snapshot with a composition keeps it.</summary>
    /// <param name="headerId">The Message-ID.</param>
    /// <param name="snapshot">What goes in.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidDataException">The snapshot cannot be composed, or does not give the bytes that were recorded.</exception>
    public async Task<Composed> ComposeAsync(string headerId, Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (snapshot.Inputs.Origin is not { HasSecrets: true }) return await ReplayAsync(headerId, snapshot, cancellationToken);
        if (snapshot.Sealed is not { } box)
            throw new InvalidDataException("Its secret values expired before it could be sent, and were erased.");
        var parts = SealedParts.Open(keys, snapshot.Tenant, box);
        var composition = snapshot.Composition ?? await FreshWithMaskedHashAsync(headerId, snapshot, cancellationToken);
        return Proved(snapshot.BytesHash, await WriteAsync(composition, snapshot, parts, cancellationToken));
    }

    /// <summary>Composes what may be looked at: secret values are masked, and the hash proves the rest.</summary>
    /// <exception cref="InvalidDataException">The snapshot cannot be composed, or does not give the bytes that were recorded.</exception>
    public async Task<Composed> ReplayAsync(string headerId, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var composed = await WriteAsync(snapshot.Composition ?? Fresh(headerId), snapshot, Shown(snapshot.Inputs), cancellationToken);
        return snapshot.Inputs.Origin is { HasSecrets: true }
            ? Proved(
                snapshot.Composition?.MaskedHash is { } masked ? Convert.FromHexString(masked) : null, composed) with
            { IsMasked = true }
            : Proved(snapshot.BytesHash, composed);
    }

    Composition Fresh(string headerId) =>
        new(Composition.CurrentFormat, headerId, clock.GetUtcNow(), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)));

    async Task<Composition> FreshWithMaskedHashAsync(string headerId, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var fresh = Fresh(headerId);
        var masked = await WriteAsync(fresh, snapshot, Shown(snapshot.Inputs), cancellationToken);
        return fresh with { MaskedHash = Convert.ToHexStringLower(masked.Hash) };
    }

    static MessageParts Shown(SnapshotInputs inputs) => new(inputs.Subject, inputs.Text, inputs.Html);

    static Composed Proved(byte[]? recorded, Composed composed) =>
        recorded is null || CryptographicOperations.FixedTimeEquals(recorded, composed.Hash)
        ? composed
        : throw new InvalidDataException("The snapshot no longer gives the bytes that were recorded for this message.");

    async Task<Composed> WriteAsync(Composition composition, Snapshot snapshot, MessageParts parts, CancellationToken cancellationToken)
    {
        var message = Message(composition, snapshot, parts);
        return snapshot.Attachments.Sum(attachment => attachment.Size) <= HeldInMemory
            ? await HoldAsync(composition, message, cancellationToken)
            : await StreamAsync(composition, message, cancellationToken);
    }

    MimeMessage Message(Composition composition, Snapshot snapshot, MessageParts parts)
    {
        if (composition.MimeFormat != Composition.CurrentFormat)
            throw new InvalidDataException($"This Waybill does not know the MIME format {composition.MimeFormat}.");
        var inputs = snapshot.Inputs;
        return new MimeMessage
        {
            From = Mailbox.Parse(inputs.From),
            To = [.. inputs.To.Select(Mailbox.Parse)],
            Cc = [.. inputs.Cc.Select(Mailbox.Parse)],
            ReplyTo = [.. inputs.ReplyTo.Select(Mailbox.Parse)],
            Subject = parts.Subject,
            Text = parts.Text,
            Html = parts.Html,
            Headers = [.. inputs.Headers.Select(Header)],
            Attachments = [.. snapshot.Attachments.Select(Attachment)],
            MessageId = composition.MessageId,
            Date = composition.Date,
            BoundarySeed = composition.Boundary,
        };
    }

    static MimeHeader Header(HeaderField field) =>
        MimeHeader.TryCreate(field.Name, field.Value, out var header, out var problem) ? header : throw new InvalidDataException(problem);

    MimeAttachment Attachment(AttachmentRecord attachment) => new()
    {
        FileName = attachment.FileName,
        ContentType = attachment.ContentType,
        ContentId = attachment.ContentId,
        Length = attachment.Size,
        Content = token => content.ReadAsync(attachment, token),
    };

    static async Task<Composed> HoldAsync(Composition composition, MimeMessage message, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> held = default;
        await foreach (var chunk in message.EncodeAsync(cancellationToken))
            held = held.IsEmpty ? chunk.ToArray() : (byte[])[.. held.Span, .. chunk.Span];
        return new(composition, SHA256.HashData(held.Span), held.Length, message.NeedsSmtpUtf8, _ => new[] { held }.ToAsyncEnumerable())
        {
            Message = message,
        };
    }

    static async Task<Composed> StreamAsync(Composition composition, MimeMessage message, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size = 0;
        await foreach (var chunk in message.EncodeAsync(cancellationToken))
        {
            hash.AppendData(chunk.Span);
            size += chunk.Length;
        }

        return new(composition, hash.GetHashAndReset(), size, message.NeedsSmtpUtf8, message.EncodeAsync) { Message = message };
    }
}
