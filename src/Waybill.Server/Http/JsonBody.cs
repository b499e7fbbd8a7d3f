using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Waybill.Server.Api;

namespace Waybill.Server.Http;

/// <summary>
/// A request's body, read whole and parsed: JSON whose every text is Unicode, without duplicate names, which two readers could read
/// differently.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    /// <summary>40 MB of attachments are 53.4 MB in base64; the rest is for the rest.</summary>
    const int Largest = 58_000_000;

    const int Large = 1 << 20;

    /// <summary>How much of a body that is too large is read before it is answered, so that the client gets to read the answer.</summary>
    const long Drained = 256L << 20;

    /// <summary>Large bodies a few at a time: each is held in memory while its attachments are stored.</summary>
    static readonly SemaphoreSlim LargeBodies = new(4);

    static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    readonly MemoryStream bytes = new();
    bool isLarge;
    JsonDocument? document;

    /// <summary>The root value.</summary>
    public JsonElement Root => document!.RootElement;

    /// <summary>Reads and parses, or says what is wrong.</summary>
    public static async Task<(JsonBody? Body, ApiError? Error)> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > Largest) return (null, await RefuseAsync(context));
        var body = new JsonBody();
        ApiError? error = null;
        try
        {
            error = await body.FillAsync(context) ?? body.Parse();
            return error is null ? (body, null) : (null, error);
        }
        finally
        {
            if (error is not null || body.document is null) body.Dispose(); // also when the client went away half-way
        }
    }

    /// <summary>SHA-256 over the route and the bytes as they came.</summary>
    public byte[] Hash(string route)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(route + "\n"));
        hash.AppendData(Bytes.Span);
        return hash.GetHashAndReset();
    }

    ReadOnlyMemory<byte> Bytes => bytes.GetBuffer().AsMemory(0, (int)bytes.Length);

    async Task<ApiError?> FillAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        for (; ; )
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (!isLarge && bytes.Length + read.Buffer.Length > Large) await TakePlaceAsync(context);
            foreach (var segment in read.Buffer) bytes.Write(segment.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (bytes.Length > Largest) return await RefuseAsync(context);
            if (read.IsCompleted) return null;
        }
    }

    /// <summary>Only when so much has really come: who announces much and sends nothing keeps nobody waiting.</summary>
    async Task TakePlaceAsync(HttpContext context)
    {
        await LargeBodies.WaitAsync(context.RequestAborted);
        isLarge = true;
        bytes.Capacity = (int)Math.Max(context.Request.ContentLength ?? 0, 4 * Large);
    }

    static async Task<ApiError> RefuseAsync(HttpContext context)
    {
        long drained = 0;
        for (; ; )
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            drained += read.Buffer.Length;
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted || drained > Drained) break;
        }

        return ApiError.TooLarge($"The request body is larger than {Largest / 1_000_000} MB; attachments may have 40 MB in all.");
    }

    ApiError? Parse()
    {
        if (bytes.Length == 0) return ApiError.NotJson("The request body is empty; it must be JSON.");
        if (!Utf8.IsValid(Bytes.Span)) return ApiError.NotJson("The request body is not valid UTF-8; JSON is always UTF-8.");
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

    /// <summary>Reads every text that has a surrogate's escape, so that nobody who asks for a name or a value later meets half of one.</summary>
    void CheckEscapes()
    {
        if (Bytes.Span.IndexOf("\\ud"u8) < 0 && Bytes.Span.IndexOf("\\uD"u8) < 0) return;
        var reader = new Utf8JsonReader(Bytes.Span, new JsonReaderOptions { MaxDepth = Options.MaxDepth });
        while (reader.Read())
            if (reader is { TokenType: JsonTokenType.String or JsonTokenType.PropertyName, ValueIsEscaped: true }) _ = reader.GetString();
    }

    public void Dispose()
    {
        document?.Dispose();
        bytes.Dispose();
        if (isLarge) LargeBodies.Release();
    }
}
