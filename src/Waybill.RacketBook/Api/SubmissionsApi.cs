using Microsoft.AspNetCore.Http;
using Waybill.Books;
using Waybill.RacketBook.Faults;
using Waybill.RacketBook.Moderation;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Api;

/// <summary><c>/racketbook/v1/submissions</c>: a stringer proposes, an admin decides.</summary>
static class SubmissionsApi
{
    internal static async Task<IResult> ProposeAsync(HttpContext context, StringerScope scope, ModerationDesk desk, BookHost host)
    {
        var (fields, problem) = await BookBody.ReadAsync(context);
        if (problem is not null) return problem;
        var (kind, row) = (CatalogueKinds.Find(fields.Choice("kind", "racket", "string")), fields.Id("row_id"));
        if (kind is null && fields.Faults.Count == 0) fields.Wrong("kind", "text.needed");
        if (row is null && fields.Faults.Count == 0) fields.Wrong("row_id", "text.needed");
        if (fields.Judged().Count > 0) return Answers.Refuse(fields.Judged());
        return Answer(context, await desk.ProposeAsync(scope, kind!.Value, row!.Value, host.PublicUrl() + "/racketbook/moderation", context.RequestAborted), 201);
    }

    /// <summary>A stringer's own; an admin's list is everybody's.</summary>
    internal static async Task<IResult> ListAsync(HttpContext context, ModerationDesk desk, StringerScopes scopes)
    {
        var (page, fault) = Page.Read(context.Request);
        if (fault is not null) return Answers.Refuse([fault]);
        var access = await scopes.FindAsync(BookVisitor.Of(context), context.RequestAborted);
        if (Answers.Odd(context.Request, "status", "pending") is { } odd) return odd;
        var isPendingOnly = context.Request.Query["status"] == "pending";
        if (access.IsAdmin && context.Request.Query[StringerScopes.AsStringer].Count == 0)
            return List(await desk.ListAllAsync(isPendingOnly, page.After, page.Limit + 1, context.RequestAborted), page);
        return await scopes.EnterAsync(context, access) switch
        {
            ScopeOutcome.Bound(var scope, _) => List(await desk.ListAsync(scope, page.After, page.Limit + 1, context.RequestAborted), page),
            ScopeOutcome.Refused(var status, var code, var sentence) => new BookProblem(status, code, sentence),
            var other => throw new System.Diagnostics.UnreachableException($"No list for {other.GetType().Name}."),
        };
    }

    static IResult List(List<Submission> found, Page page) => Results.Json(
        new ListAnswer<SubmissionAnswer>([.. found.Take(page.Limit).Select(one => new SubmissionAnswer(one))], found.Count > page.Limit), BookJson.Readable.ListAnswerSubmissionAnswer);

    internal static Func<Guid, HttpContext, StringerAccess, ModerationDesk, Task<IResult>> Decide(bool isPromoted) => async (id, context, access, desk) =>
    {
        var (fields, problem) = await BookBody.ReadAsync(context);
        if (problem is not null) return problem;
        var notes = fields.Text("notes", Submission.LongestNote);
        return fields.Judged().Count > 0
            ? Answers.Refuse(fields.Judged())
            : Answer(context, await desk.DecideAsync(access.Visitor.Who, id, isPromoted, notes, context.RequestAborted));
    };

    static IResult Answer(HttpContext context, Saving<Submission> saving, int status = 200) =>
        Answers.Of(context, saving, "Submission", one => (Results.Json(new SubmissionAnswer(one), BookJson.Readable.SubmissionAnswer, statusCode: status), 1));
}
