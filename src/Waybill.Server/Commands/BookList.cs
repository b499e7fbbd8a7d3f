using Waybill.Books;

namespace Waybill.Server.Commands;

/// <summary><c>waybill books</c>: what each book that is on brings.</summary>
internal static class BookList
{
    public static IEnumerable<string> Lines(IReadOnlyList<Book> books)
    {
        if (books.Count == 0) yield return "No book is on.";
        foreach (var book in books)
        {
            yield return book.Title.Length == 0 ? book.Name : $"{book.Name}: {book.Title}";
            foreach (var (what, names) in Parts(book))
                if (names.Any()) yield return $"  {what}: {string.Join(", ", names)}";
        }
    }

    static IEnumerable<(string What, IEnumerable<string> Names)> Parts(Book book) =>
    [
        ("paths", BookCheck.Grounds(book)),
        ("streams", book.Streams.Select(stream => stream.Name)),
        ("templates", book.Templates.Select(template => template.Alias)),
        ("event types", book.EventTypes.Select(type => type.Name)),
        ("alert kinds", book.AlertKinds.Select(kind => $"{kind.Name} ({kind.Severity})")),
        ("webhook schemes", book.WebhookSchemes.Select(scheme => scheme.Name)),
        ("received sources", book.ReceivedSources.Select(source => source.Name)),
        ("settings", book.Settings?.All.Select(setting => setting.Name) ?? []),
        ("verbs", book.Verbs.Select(verb => verb.Name)),
        ("origins", book.Origins.PostTo.Concat(book.Origins.ConnectTo).Concat(book.Origins.PicturesFrom).Distinct(StringComparer.Ordinal)),
    ];
}
