using System.Globalization;
using Microsoft.AspNetCore.Http;
using Waybill.Books;
using Waybill.RacketBook.Faults;
using Waybill.RacketBook.Orders;

namespace Waybill.RacketBook.Api;

/// <summary>How outcomes become answers.</summary>
static class Answers
{
    /// <summary>What is wrong with what was sent.</summary>
    internal static BookProblem Refuse(IReadOnlyList<BookFault> faults, bool isConflict = false)
    {
        var told = string.Join(" ", faults.Select(Told));
        var problem = isConflict ? new BookProblem(409, "conflict", told) : new BookProblem(422, "validation_error", told);
        return problem with { Errors = [.. faults.Select(fault => new FieldProblem(fault.Field, fault.Code, fault.Say("en")))] };
    }

    /// <summary>What is wrong with a word of the query; null: it is one of these, or not there.</summary>
    internal static BookProblem? Odd(HttpRequest request, string name, params string[] words) =>
        request.Query[name].ToString() is { Length: > 0 } word && !words.Contains(word) ? Refuse([new(name, "choice.odd", word.Length > 60 ? word[..60] + "…" : word, string.Join(", ", words))]) : null;

    static string Told(BookFault fault) => fault.Field.Length == 0 ? fault.Say("en") : $"{fault.Field}: {fault.Say("en")}";

    /// <summary>An order as it is now, or why it is not as asked.</summary>
    internal static IResult Of(HttpContext context, OrderOutcome outcome, int status = 200) => outcome switch
    {
        OrderOutcome.Done done => WithTag(context, done.Parts.Order.Version, Results.Json(new OrderAnswer(done), BookJson.Readable.OrderAnswer, statusCode: status)),
        OrderOutcome.Missing => BookProblem.NotFound("Order"),
        OrderOutcome.Stale => Stale(),
        OrderOutcome.Refused(var faults, var isConflict) => Refuse(faults, isConflict),
        _ => throw new System.Diagnostics.UnreachableException($"No answer for {outcome.GetType().Name}."),
    };

    /// <summary>What was saved as it is now, or why it was not.</summary>
    internal static IResult Of<T>(HttpContext context, Saving<T> saving, string what, Func<T, (IResult Answer, int Version)> answer) => saving switch
    {
        Saving<T>.Done(var value) => answer(value) is var (result, version) ? WithTag(context, version, result) : throw new System.Diagnostics.UnreachableException(),
        Saving<T>.Missing => BookProblem.NotFound(what),
        Saving<T>.Stale => Stale(),
        Saving<T>.Refused(var faults, var isConflict) => Refuse(faults, isConflict),
        _ => throw new System.Diagnostics.UnreachableException($"No answer for {saving.GetType().Name}."),
    };

    /// <summary>The version that <c>If-Match</c> names; null: whichever is there. One that is none matches nothing.</summary>
    internal static int? Expected(HttpContext context) => context.Request.Headers.IfMatch.ToString() is { Length: > 0 } header and not "*"
        ? int.TryParse(header.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1
        : null;

    static BookProblem Stale() => new(412, "changed_meanwhile", "Somebody else changed it since you read it; nothing was overwritten. Read it again.");

    internal static IResult WithTag(HttpContext context, int version, IResult result)
    {
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
        return result;
    }
}
