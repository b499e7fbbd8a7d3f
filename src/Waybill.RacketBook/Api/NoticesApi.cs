using Microsoft.AspNetCore.Http;
using Waybill.RacketBook.Notices;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Api;

/// <summary><c>/racketbook/v1/notices</c>.</summary>
static class NoticesApi
{
    const int Most = 100;

    internal static async Task<IResult> ListAsync(HttpContext context, StringerScope scope, StringerAccess access, NoticeBoard board)
    {
        var found = await board.ListAsync(scope, access, context.Request.Query["unread"] == "true", Most + 1, context.RequestAborted);
        return Answers.Api.List(found.Take(Most).Select(one => new NoticeAnswer(one)), found.Count > Most);
    }

    internal static async Task<IResult> ReadAllAsync(HttpContext context, StringerScope scope, StringerAccess access, NoticeBoard board)
    {
        await board.ReadAsync(scope, access, id: null, context.RequestAborted);
        return Results.NoContent();
    }

    internal static async Task<IResult> ReadAsync(
        Guid id, HttpContext context, StringerScope scope, StringerAccess access, NoticeBoard board) =>
        await board.ReadAsync(scope, access, id, context.RequestAborted)
            ? Results.NoContent()
            : Waybill.Books.BookProblem.NotFound("Unread notice");
}
