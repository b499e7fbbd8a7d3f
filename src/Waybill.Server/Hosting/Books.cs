using Waybill.Books;


namespace Waybill.Server.Hosting;

/// <summary>The books in the box; the only list of them.</summary>
internal static class Books
{
    public static IReadOnlyList<Book> All { get; } = [RacketBook.RacketBookBook.Book, Keysat.KeysatBook.Book, Kyora.KyoraBook.Book];
}
