using System.Collections.Frozen;
using System.IO.Compression;
using Microsoft.AspNetCore.StaticFiles;
using Waybill.Books;
using Waybill.Screens;

namespace Waybill.Server.Admin;

/// <summary><c>/assets/{version}/…</c>: stylesheet, scripts and pictures, compressed once, kept by browsers for ever.</summary>
internal static class AssetRoutes
{
    static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>The server's own and those of books. They are compressed at the first request: some ten milliseconds.</summary>
    public static void MapAssets(this IEndpointRouteBuilder routes, IReadOnlyList<Book> books)
    {
        var files = new Lazy<FrozenDictionary<string, File>>(() => Read(books));
        routes.MapGet(
            "/assets/{version}/{**name}", (string version, string name, HttpContext context) => Serve(files.Value, version, name, context));
    }

    static FrozenDictionary<string, File> Read(IReadOnlyList<Book> books) => FilesOf("", Asset.Folder)
        .Concat(books.SelectMany(book => BookAssets.Of(book) is { } folder ? FilesOf(book.Name + "/", folder) : []))
        .ToFrozenDictionary(StringComparer.Ordinal);

    static IEnumerable<KeyValuePair<string, File>> FilesOf(string prefix, AssetFolder folder) =>
        folder.Names.Select(
            name => KeyValuePair.Create(prefix + name, new File(folder.Version, folder.Find(name)!, Compress(folder.Find(name)!))));

    static IResult Serve(FrozenDictionary<string, File> files, string version, string name, HttpContext context)
    {
        if (!files.TryGetValue(name, out var file)) return Results.NotFound();
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = "Accept-Encoding";
        // A page from before an update asks for what is gone: it gets what there is now, for this once.
        headers.CacheControl = version == file.Version ? "public, max-age=31536000, immutable" : "no-store";
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

    /// <summary>A file as it is and in brotli.</summary>
    sealed record File(string Version, byte[] Plain, byte[] Brotli);
}
