using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Waybill.Books;
using Waybill.Books.Answering;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Texts;

namespace Waybill.RacketBook.Api;

/// <summary>How outcomes become answers.</summary>
static class Answers
{
    internal static readonly ApiAnswers Api = new(BookTexts.Of("en"), BookJson.Readable);

    /// <summary>An order as it is now, or why it is not as asked.</summary>
    internal static IResult Of(HttpContext context, OrderOutcome outcome, int status = 200) => outcome switch
    {
        OrderOutcome.Done done => Api.Json(context, new OrderAnswer(done), done.Parts.Order.Version, status),
        OrderOutcome.Missing => BookProblem.NotFound("Order"),
        OrderOutcome.Stale => ApiAnswers.Stale(),
        OrderOutcome.Refused(var faults, var isConflict) => Api.Refuse(faults, isConflict),
        _ => throw new UnreachableException($"No answer for {outcome.GetType().Name}."),
    };
}
