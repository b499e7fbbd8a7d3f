using Waybill.Books;

namespace Waybill.Server.Http;

/// <summary>
/// The paths of the books that are on: below a book's name its pages, below <c>/v1</c> there and below its further roots its API.
/// </summary>
internal sealed class BookPaths(IReadOnlyList<Book> books)
{
    readonly (PathString Path, Book Book)[] all = [
        .. books.SelectMany(book => BookCheck.Grounds(book).Select(ground => (new PathString(ground), book)))];
    readonly (PathString Path, Book Book)[] apis =
        [.. books.SelectMany(book => book.Roots.Append($"/{book.Name}/v1").Select(ground => (new PathString(ground), book)))];

    /// <summary>The book whose path it is; null: none.</summary>
    public Book? Find(PathString path) => Find(all, path);

    /// <summary>The book of whose API it is a path; null: none. Errors have the API's shape there.</summary>
    public Book? FindApi(PathString path) => Find(apis, path);

    static Book? Find((PathString Path, Book Book)[] grounds, PathString path)
    {
        foreach (var (ground, book) in grounds)
            if (path.StartsWithSegments(ground, StringComparison.OrdinalIgnoreCase)) return book;
        return null;
    }
}
