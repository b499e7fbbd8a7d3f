namespace Waybill.Server.Http;

/// <summary>The paths of books: pages, and below <c>/v1</c> the API.</summary>
internal static class BookPaths
{
    /// <summary>Whether a path is one of a book's API, where errors are RFC 9457 problems.</summary>
    public static bool IsApi(PathString path) =>
        Hosting.Books.All.Any(book => path.StartsWithSegments($"/{book.Name}/v1", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a path is one of a book's.</summary>
    public static bool IsBooks(PathString path) => Hosting.Books.All.Any(book => path.StartsWithSegments("/" + book.Name, StringComparison.OrdinalIgnoreCase));
}
