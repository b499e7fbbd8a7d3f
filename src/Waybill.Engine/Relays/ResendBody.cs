using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Waybill.Mime;
using Waybill.Mime.Bodies;

namespace Waybill.Engine.Relays;

/// <summary>
/// A message as JSON for Resend. Attachments are read and turned into base64 as they are sent. Until its last octet is about to be sent it
/// can be stopped, and then nobody has the message.
/// </summary>
internal sealed class ResendBody : HttpContent
{
    const int Open = 0, Sent = 1, Stopped = 2;

    /// <summary>After the base64 of a file.</summary>
    const string FileEnd = "\"}";

    /// <summary>Divides by three, so that its base64 needs no padding.</summary>
    const int Slice = 48 * 1024;

    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly byte[] head;
    readonly IReadOnlyList<(byte[] Head, MimeAttachment File)> files;
    readonly Action lastLook;
    int state = Open;

    /// <summary>The message to those that the letter names.</summary>
    /// <param name="message">What is said.</param>
    /// <param name="letter">To whom.</param>
    /// <param name="lastLook">Asked when only the last octet is missing; throws when the message is no longer ours.</param>
    public ResendBody(MimeMessage message, ResendLetter letter, Action lastLook)
    {
        head = Write(writer => WriteHead(writer, message, letter), without: "}");
        files = [.. message.Attachments.Select(file => (Write(writer => WriteFile(writer, file), without: FileEnd), file))];
        this.lastLook = lastLook;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Called whenever some of it was sent.</summary>
    public Action Progressed { get; init; } = () => { };

    /// <summary>Whether all of it was sent, or is being so: from here on the other side may have the message.</summary>
    public bool IsSent => Volatile.Read(ref state) == Sent;

    /// <summary>Whether it was stopped before.</summary>
    public bool IsStopped => Volatile.Read(ref state) == Stopped;

    /// <summary>What was wrong on our side while it was read; null when nothing was.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>How many octets it has.</summary>
    public long Length =>
        head.Length + 1 + (files.Count == 0 ? 0 : ",\"attachments\":[]".Length + files.Count - 1)
            + files.Sum(file => LengthOf(file.Head, file.File));

    /// <summary>Stops it unless it is too late.</summary>
    public bool TryStop() => Interlocked.CompareExchange(ref state, Stopped, Open) == Open;

    protected override bool TryComputeLength(out long length)
    {
        length = Length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await SendAsync(stream, head, cancellationToken);
        for (var i = 0; i < files.Count; i++)
        {
            await SendAsync(stream, i == 0 ? ",\"attachments\":["u8.ToArray() : ","u8.ToArray(), cancellationToken);
            await SendFileAsync(stream, files[i].Head, files[i].File, cancellationToken);
        }

        if (files.Count > 0) await SendAsync(stream, "]"u8.ToArray(), cancellationToken);
        Close();
        await SendAsync(stream, "}"u8.ToArray(), cancellationToken);
    }

    void Close()
    {
        Try(lastLook);
        if (Interlocked.CompareExchange(ref state, Sent, Open) != Open) throw new OperationCanceledException("The hand-over was stopped.");
    }

    async Task SendFileAsync(Stream stream, byte[] fileHead, MimeAttachment file, CancellationToken cancellationToken)
    {
        await SendAsync(stream, fileHead, cancellationToken);
        var (pending, count) = (new byte[Slice], 0);
        long read = 0;
        await foreach (var piece in ReadAsync(file, cancellationToken))
        {
            read += piece.Length;
            for (var rest = piece; !rest.IsEmpty;)
            {
                var taken = Math.Min(rest.Length, Slice - count);
                rest[..taken].CopyTo(pending.AsMemory(count));
                (rest, count) = (rest[taken..], count + taken);
                if (count == Slice) count = await SendBase64Async(stream, pending, count, cancellationToken);
            }
        }

        if (read != file.Length) Try(() => throw new InvalidDataException($"The attachment {file.FileName} is not as long as announced."));
        await SendBase64Async(stream, pending, count, cancellationToken);
        await SendAsync(stream, "\"}"u8.ToArray(), cancellationToken);
    }

    async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        MimeAttachment file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var pieces = file.Content(cancellationToken).GetAsyncEnumerator(cancellationToken);
        for (; ; )
        {
            try
            {
                if (!await pieces.MoveNextAsync()) yield break;
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                Failure = broken;
                throw;
            }

            yield return pieces.Current;
        }
    }

    void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception broken)
        {
            Failure = broken;
            throw;
        }
    }

    async Task<int> SendBase64Async(Stream stream, byte[] octets, int count, CancellationToken cancellationToken)
    {
        var text = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(count));
        try
        {
            Base64.EncodeToUtf8(octets.AsSpan(0, count), text, out _, out var written);
            await SendAsync(stream, text.AsMemory(0, written), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }

        return 0;
    }

    async Task SendAsync(Stream stream, ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(octets, cancellationToken);
        Progressed();
    }

    static long LengthOf(byte[] fileHead, MimeAttachment file) => fileHead.Length + (file.Length + 2) / 3 * 4 + FileEnd.Length;

    static void WriteHead(Utf8JsonWriter writer, MimeMessage message, ResendLetter letter)
    {
        writer.WriteString("from", message.From.ToString());
        WriteList(writer, "to", letter.To);
        WriteList(writer, "cc", letter.Cc);
        WriteList(writer, "bcc", letter.Bcc);
        WriteList(writer, "reply_to", [.. message.ReplyTo.Select(mailbox => mailbox.ToString())]);
        writer.WriteString("subject", message.Subject);
        if (message.Text is { } text) writer.WriteString("text", text);
        if (message.Html is { } html) writer.WriteString("html", html);
        if (message.Headers.Count == 0) return;
        writer.WriteStartObject("headers");
        foreach (var header in message.Headers.DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase))
            writer.WriteString(header.Name, header.Value);
        writer.WriteEndObject();
    }

    static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0) return;
        writer.WriteStartArray(name);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    static void WriteFile(Utf8JsonWriter writer, MimeAttachment file)
    {
        writer.WriteString("filename", file.FileName);
        writer.WriteString("content_type", file.ContentType);
        if (file.ContentId is { } contentId) writer.WriteString("content_id", contentId);
        writer.WriteString("content", "");
    }

    /// <summary>An object up to where more of it follows.</summary>
    static byte[] Write(Action<Utf8JsonWriter> write, string without)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan[..^without.Length].ToArray();
    }
}
