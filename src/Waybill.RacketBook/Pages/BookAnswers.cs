using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Books;
using Waybill.Engine.Journal;
using Waybill.RacketBook.Texts;
using Waybill.Screens.Framing;

namespace Waybill.RacketBook.Pages;

/// <summary>Answers with pages of RacketBook's.</summary>
static class BookAnswers
{
    /// <summary>A page; <paramref name="parameters"/> is an object whose properties are its parameters.</summary>
    internal static IResult Page<TPage>(
        HttpContext context, object parameters,
        int status = 200) where TPage : IComponent => Host(context).Render(context, BookPage.Of<Bound>(
        new
        {
            Scene = BookScene.Of(context),
            Page = typeof(TPage),
            Parameters = (IDictionary<string, object?>)new RouteValueDictionary(parameters)
        },
        BookNavigation.Of(BookScene.Of(context), BookTexts.Of(Locale(context))),
        status));

    /// <summary>After a form was taken: to a page of the same book that says so once.</summary>
    internal static IResult SeeOther(HttpContext context, string path, string? said = null, Tone tone = Tone.Good) =>
        Host(context).SeeOther(context, BookScene.Of(context).At(path), said is null ? null : new Notice(tone, said));

    /// <summary>A mail as it went out, for a frame.</summary>
    internal static Task<IResult> MailAsync(HttpContext context, Snapshot snapshot) => Host(context).ShowMail(context, snapshot);

    /// <summary>There is no such thing in this book.</summary>
    internal static IResult Missing(HttpContext context) => Host(context).NoSuchPage(context, 404);

    /// <summary>The text of a key in the visitor's language.</summary>
    internal static string Say(this HttpContext context, string key, params object?[] arguments) =>
        BookTexts.Of(Locale(context)).Say(key, arguments);

    /// <summary>What is wrong, as a form says it: the first of each field, fields by what people call them.</summary>
    /// <param name="context">Whose language.</param>
    /// <param name="faults">By field.</param>
    /// <param name="prefix">What stands before these fields in the form.</param>
    internal static IReadOnlyList<Fault> Told(this HttpContext context, IReadOnlyList<BookFault> faults, string prefix = "") =>
        [.. faults.Select(fault => Told(context, fault, prefix)).DistinctBy(fault => fault.Field.Length > 0 ? fault.Field : fault.Text)];

    static Fault Told(HttpContext context, BookFault fault, string prefix)
    {
        var texts = BookTexts.Of(Locale(context));
        string? Label(string field) => texts.Has("field." + field) ? texts.Say("field." + field) : null;
        var arguments = fault.Arguments.Select(one => one is string name && Label(name) is { } words ? $"“{words}”" : one).ToArray();
        var key = texts.Has("fault-here." + fault.Code) ? "fault-here." + fault.Code : "fault." + fault.Code;
        var sentence = texts.Say(key, arguments);
        return new(
            fault.Field.Length > 0 ? prefix + fault.Field : "",
            Label(prefix + fault.Field) is { } label ? $"{label}: {sentence}" : sentence);
    }

    static string Locale(HttpContext context) => BookVisitor.Of(context).Locale;

    static BookHost Host(HttpContext context) => context.RequestServices.GetRequiredService<BookHost>();
}
