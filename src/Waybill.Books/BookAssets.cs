using Waybill.Screens;

namespace Waybill.Books;

/// <summary>The files of a book's pages: stylesheet, script, pictures.</summary>
public static class BookAssets
{
    /// <summary>The files of a book that brings some; null: it brings none.</summary>
    public static AssetFolder? Of(Book book) => book.Assets is { } assembly ? AssetFolder.Of(assembly) : null;

    /// <summary>Whether a book has a file.</summary>
    internal static bool Has(Book book, string name) => Of(book)?.Find(name) is not null;

    /// <summary>The address of one; the book's name is its first folder.</summary>
    public static string Href(Book book, string name) => Of(book) is { } folder && folder.Find(name) is not null
        ? $"/assets/{folder.Version}/{book.Name}/{name}"
        : throw new ArgumentException($"The book {book.Name} has no file '{name}'.", nameof(name));
}
