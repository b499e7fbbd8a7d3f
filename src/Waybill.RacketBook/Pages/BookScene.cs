using Microsoft.AspNetCore.Http;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Pages;

/// <summary>In whose book a page is, and as what the visitor looks at it.</summary>
/// <param name="Stringer">Whose book; null on an admin's pages and for somebody who has none.</param>
/// <param name="IsElsewhere">Whether an admin looks into the book of another: each link then carries along whose.</param>
/// <param name="IsAdmin">Whether the visitor administers the book of all.</param>
public sealed record BookScene(Stringer? Stringer, bool IsElsewhere, bool IsAdmin)
{
    /// <summary>Whether the visitor only reads in this book: the pages show no button then that would change it, and no form.</summary>
    public bool IsReader { get; init; }

    /// <summary>Where the pages are.</summary>
    public const string Root = "/racketbook";

    /// <summary>Of the present request.</summary>
    public static ValueTask<BookScene> BindAsync(HttpContext context) => new(Of(context));

    internal static BookScene Of(HttpContext context) =>
        context.Features.Get<BookScene>() ?? throw new InvalidOperationException("This page has no scene.");

    /// <summary>The stringer whose book it is.</summary>
    /// <exception cref="InvalidOperationException">The page is in no book.</exception>
    public Stringer Owner => Stringer ?? throw new InvalidOperationException("This page is in no book.");

    /// <summary>The address of a page of this book, as in <c>At("/orders")</c>; empty: its first page.</summary>
    public string At(string path) => Root + path + Whose(path);

    /// <summary>The address of something of the API's, for this book.</summary>
    public string Api(string path) => At("/v1" + path);

    string Whose(string path) =>
        IsElsewhere ? $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{StringerScopes.AsStringer}={Owner.Id}" : "";
}
