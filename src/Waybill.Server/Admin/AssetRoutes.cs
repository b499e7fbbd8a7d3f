using System.Collections.Frozen;
using System.IO.Compression;
using Microsoft.AspNetCore.StaticFiles;
using Waybill.Screens;

namespace Waybill.Server.Admin;

/// <summary><c>/assets/{version}/…</c>: stylesheet, scripts and pictures, compressed once, kept by browsers for ever.</summary>
internal static class AssetRoutes
{
    static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>The name, the bytes as they are and in brotli. Made at the first request: some ten milliseconds.</summary>
    static readonly Lazy<FrozenDictionary<string, (byte[] Plain, byte[] Brotli)>> Files = new(() => Asset.Names.ToFrozenDictionary(
        name => name, name => (Asset.Find(name)!, Compress(Asset.Find(name)!)), StringComparer.Ordinal));

    public static void MapAssets(this IEndpointRouteBuilder routes) => routes.MapGet("/assets/{version}/{**name}", Serve);

    static IResult Serve(string version, string name, HttpContext context)
    {
        if (!Files.Value.TryGetValue(name, out var file)) return Results.NotFound();
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = "Accept-Encoding";
        // A page from before an update asks for what is gone: it gets what there is now, for this once.
        headers.CacheControl = version == Asset.Version ? "public, max-age=31536000, immutable" : "no-store";
        var isBrotli = AcceptsBrotli(context.Request);
        if (isBrotli) headers.ContentEncoding = "br";
        return Results.Bytes(isBrotli ? file.Brotli : file.Plain, TypeOf(name));
    }

    static bool AcceptsBrotli(HttpRequest request) =>
        request.GetTypedHeaders()
        .AcceptEncoding.Any(encoding => encoding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && encoding.Quality is not 0);

    static string TypeOf(string name)
    {
        var type = Types.TryGetContentType(name, out var known) ? known : "application/octet-stream";
        return type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type;
    }

    static byte[] Compress(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize)) brotli.Write(plain);
        return packed.ToArray();
    }
}
