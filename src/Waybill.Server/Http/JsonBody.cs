using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Waybill.Server.Api;

namespace Waybill.Server.Http;

/// <summary>A request's body, read whole and parsed: JSON without duplicate names, which two readers could read differently.</summary>
internal sealed class JsonBody : IDisposable
{
    /// <summary>40 MB of attachments in base64, and room for the rest.</summary>
    const int Largest = 58 << 20;

    const int Large = 1 << 20;

    /// <summary>How much of a body that is too large is read before it is answered, so that the client gets to read the answer.</summary>
    const long Drained = 256L << 20;

    /// <summary>Large bodies a few at a time: each is held in memory while its attachments are stored.</summary>
    static readonly SemaphoreSlim LargeBodies = new(4);

    static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    readonly MemoryStream bytes;
    readonly bool isLarge;
    JsonDocument? document;

    JsonBody(MemoryStream bytes, bool isLarge)
    {
        this.bytes = bytes;
        this.isLarge = isLarge;
    }

    /// <summary>The root value.</summary>
    public JsonElement Root => document!.RootElement;

    /// <summary>Reads and parses, or says what is wrong.</summary>
    public static async Task<(JsonBody? Body, ApiError? Error)> ReadAsync(HttpContext context)
    {
        var announced = context.Request.ContentLength;
        if (announced > Largest) return (null, await RefuseAsync(context));
        var counts = announced is null or > Large;
        if (counts) await LargeBodies.WaitAsync(context.RequestAborted);
        var body = new JsonBody(new MemoryStream((int)(announced ?? 4096)), counts);
        var error = await body.FillAsync(context) ?? body.Parse();
        if (error is null) return (body, null);
        body.Dispose();
        return (null, error);
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
            foreach (var segment in read.Buffer) bytes.Write(segment.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (bytes.Length > Largest) return await RefuseAsync(context);
            if (read.IsCompleted) return null;
        }
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

        return ApiError.TooLarge($"The request body is larger than {Largest >> 20} MB; attachments may have 40 MB in all.");
    }

    ApiError? Parse()
    {
        try
        {
            document = JsonDocument.Parse(Bytes, Options);
            return null;
        }
        catch (JsonException wrong)
        {
            return ApiError.NotJson($"The request body is not JSON that can be read: {wrong.Message}");
        }
    }

    public void Dispose()
    {
        document?.Dispose();
        bytes.Dispose();
        if (isLarge) LargeBodies.Release();
    }
}
