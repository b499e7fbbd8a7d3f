using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Waybill.Engine.Journal;
using Waybill.Screens.Framing;

namespace Waybill.Books;

/// <summary>What the server that shows a book does for it.</summary>
/// <param name="Render">Renders a page within the visitor's frame: the page, its parameters, the status, and the book's places in the
/// navigation.</param>
/// <param name="SeeOther">What a form answers that did what was asked: go and look, and be told.</param>
/// <param name="ShowMail">Answers with a mail as a document of its own, for a frame: it may run nothing and fetch nothing.</param>
/// <param name="NoSuchPage">The page that says so, with its status.</param>
/// <param name="PublicUrl">What every link begins with, without a slash at its end.</param>
/// <param name="InviteUrl">From the secret of an invitation to its link.</param>
public sealed record BookHost(
    Func<HttpContext, BookPage, IResult> Render,
    Func<HttpContext, string, Notice?, IResult> SeeOther,
    Func<HttpContext, Snapshot, Task<IResult>> ShowMail,
    Func<HttpContext, int, IResult> NoSuchPage,
    Func<string> PublicUrl,
    Func<string, string> InviteUrl);

/// <summary>A page of a book.</summary>
/// <param name="Type">The component.</param>
/// <param name="Parameters">An object whose properties are its parameters.</param>
/// <param name="Navigation">Where the visitor can go.</param>
/// <param name="Status">The status of the answer.</param>
public sealed record BookPage(Type Type, object Parameters, IReadOnlyList<NavigationGroup> Navigation, int Status = 200)
{
    /// <summary>A page by its component.</summary>
    public static BookPage Of<TPage>(object parameters, IReadOnlyList<NavigationGroup> navigation, int status = 200)
        where TPage : IComponent =>
        new(typeof(TPage), parameters, navigation, status);
}
