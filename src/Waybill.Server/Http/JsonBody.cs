using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Waybill.Server.Api;
using Waybill.Server.Bodies;

namespace Waybill.Server.Http;

/// <summary>
/// A request's body, read whole and parsed: JSON whose every text is Unicode, without duplicate names, which two readers could read
/// differently. Octets and tokens are counted as they come, and memory is taken for what has come; nothing is built of what is too large.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    /// <summary>
    /// The buffer at first, and what it grows by: who announces much and sends little keeps little. Who has sent more than a mebibyte gets
    /// what was announced at once, so that no two wait for what the other one has.
    /// </summary>
    const int FirstBuffer = 64 << 10;

    const int Growth = 4;

    /// <summary>Of memory, for a token: a row of the document, and what it grew from.</summary>
    const int TokenCost = 24;

    /// <summary>Of memory, for an octet of text: UTF-16, and a copy on its way to the database.</summary>
    const int TextCost = 3;

    /// <summary>Of memory, for contents: a block and its part.</summary>
    const long ContentCost = 4 << 20;

    static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonTally.Deepest, AllowDuplicateProperties = false };

    readonly HttpContext context;
    readonly BodyLimit limit;
    readonly BodyLease lease;
    readonly JsonTally tally;
    byte[] buffer = [];
    int length;
    byte[]? original;
    JsonDocument? document;

    JsonBody(HttpContext context)
    {
        this.context = context;
        limit = BodyLimit.Of(context);
        lease = context.RequestServices.GetRequiredService<BodyBudget>().Open(BodyOwner.Of(context));
        tally = new(limit.HasAttachments);
    }

    /// <summary>The root value.</summary>
    public JsonElement Root => document!.RootElement;

    /// <summary>Reads and parses, or says what is wrong.</summary>
    /// <exception cref="BodyRefusedException">It comes too slowly, or there is no memory for it.</exception>
    public static async Task<(JsonBody? Body, ApiError? Error)> ReadAsync(HttpContext context)
    {
        var body = new JsonBody(context);
        ApiError? error = null;
        try
        {
            error = await body.FillAsync() ?? await body.ParseAsync();
            return error is null ? (body, null) : (null, error);
        }
        finally
        {
            if (error is not null || body.document is null) body.Dispose(); // also when the client went away half-way
        }
    }

    /// <summary>SHA-256 over the route and the bytes as they came.</summary>
    public byte[] Hash(string route) => original ?? HashOf(route);

    Memory<byte> Bytes => buffer.AsMemory(0, length);

    byte[] HashOf(string route)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(route + "\n"));
        hash.AppendData(Bytes.Span);
        return hash.GetHashAndReset();
    }

    async ValueTask<ApiError?> FillAsync()
    {
        if (context.Request.Body is not PacedBody body) return null; // a request that has none
        if (context.Request.ContentLength > limit.Octets) return await RefuseAsync(body);
        for (; ; )
        {
            var piece = await body.ReadPieceAsync(context.RequestAborted);
            try
            {
                await TakeAsync(piece.Buffer.Slice(0, Math.Min(piece.Buffer.Length, limit.Octets + 1L - length)));
            }
            finally
            {
                body.Advance(piece);
            }

            if (length > limit.Octets || tally.TextOctets > limit.TextOctets) return await RefuseAsync(body);
            if (tally.IsTooDeep) return ApiError.NotJson($"The request body goes beyond the depth of {JsonTally.Deepest}.");
            if (tally.Tokens > limit.Tokens) return ApiError.TooLarge(TooMany());
            if (piece.IsCompleted) return null;
        }
    }

    async ValueTask TakeAsync(ReadOnlySequence<byte> piece)
    {
        await MakeRoomAsync((int)piece.Length);
        foreach (var segment in piece)
        {
            segment.Span.CopyTo(buffer.AsSpan(length));
            length += segment.Length;
            tally.Add(segment.Span);
        }
    }

    async ValueTask MakeRoomAsync(int octets)
    {
        var needed = length + octets;
        if (needed <= buffer.Length) return;
        var size = Math.Max(needed, Math.Min(limit.Octets + 1, Math.Max(FirstBuffer, Growth * buffer.Length)));
        if (context.Request.ContentLength is { } announced && (announced < size || needed > BodyPace.Large)) size = (int)announced;
        await TakeMemoryAsync(size - buffer.Length);
        var larger = GC.AllocateUninitializedArray<byte>(size);
        Bytes.Span.CopyTo(larger);
        buffer = larger;
    }

    async ValueTask TakeMemoryAsync(long octets)
    {
        if (!await lease.TakeAsync(octets, context.RequestAborted)) throw BodyRefusedException.Busy();
    }

    async ValueTask<ApiError> RefuseAsync(PacedBody body)
    {
        Release();
        await body.DrainAsync(context.RequestAborted);
        var large = string.Create(CultureInfo.InvariantCulture, $"The request body is larger than {Size(limit.Octets)}");
        return ApiError.TooLarge(limit.HasAttachments switch
        {
            false => large + ", which is the most that is read here.",
            true when tally.TextOctets > limit.TextOctets =>
                $"The request body has more than {Size(limit.TextOctets)} beside the contents of attachments.",
            true => large + "; attachments may have 40 MB in all.",
        });
    }

    static string Size(int octets) => octets % 1_000_000 == 0 ? $"{octets / 1_000_000} MB" : $"{octets >> 20} MiB";

    string TooMany() => string.Create(
        CultureInfo.InvariantCulture,
        $"The request body has more than {limit.Tokens:N0} names, values and brackets; nothing here needs as many.");

    async ValueTask<ApiError?> ParseAsync()
    {
        if (length == 0) return ApiError.NotJson("The request body is empty; it must be JSON.");
        await TakeMemoryAsync(Cost());
        if (!Utf8.IsValid(Bytes.Span)) return ApiError.NotJson("The request body is not valid UTF-8; JSON is always UTF-8.");
        if (!FoldBuffers()) return ApiError.BadAttachment("Attachment `content` must be a base64 string.");
        return Parse();
    }

    /// <summary>Of all that is made of the octets beside their buffer. Contents are decoded and stored block by block.</summary>
    long Cost() => ((long)TokenCost * tally.Tokens) + ((long)TextCost * tally.TextOctets) + Math.Min(ContentCost, tally.ContentOctets);

    /// <summary>An idempotency key stands for the octets as they came.</summary>
    bool FoldBuffers()
    {
        if (tally.IsInsideBuffer) return false;
        if (tally.Buffers.Count == 0) return true;
        original = HashOf(context.Request.Path);
        return tally.Buffers.All(array => NodeBuffer.TryFold(buffer.AsSpan(array.Start..array.End)));
    }

    ApiError? Parse()
    {
        try
        {
            CheckEscapes();
            document = JsonDocument.Parse(Bytes, Options);
            return null;
        }
        catch (JsonException wrong)
        {
            return ApiError.NotJson($"The request body is not JSON that can be read: {wrong.Message}");
        }
        catch (InvalidOperationException)
        {
            return ApiError.NotJson("The request body holds a \\u escape that is half a character: a surrogate without its other half.");
        }
    }

    /// <summary>
    /// Reads every text that has a surrogate's escape, so that nobody who asks for a name or a value later meets half of one.
    /// </summary>
    void CheckEscapes()
    {
        if (Bytes.Span.IndexOf("\\ud"u8) < 0 && Bytes.Span.IndexOf("\\uD"u8) < 0) return;
        var reader = new Utf8JsonReader(Bytes.Span, new JsonReaderOptions { MaxDepth = Options.MaxDepth });
        while (reader.Read())
            if (reader is { TokenType: JsonTokenType.String or JsonTokenType.PropertyName, ValueIsEscaped: true }) _ = reader.GetString();
    }

    void Release()
    {
        var left = buffer.Length;
        (buffer, length) = ([], 0);
        lease.Dispose();
        if (left > BodyPace.Large) context.RequestServices.GetRequiredService<HeapTrim>().Note(left);
    }

    public void Dispose()
    {
        document?.Dispose();
        Release();
    }
}
