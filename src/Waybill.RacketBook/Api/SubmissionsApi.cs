using Microsoft.AspNetCore.Http;
using Waybill.Books;
using Waybill.RacketBook.Moderation;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Api;

/// <summary><c>/racketbook/v1/submissions</c>: a stringer proposes, an admin decides.</summary>
static class SubmissionsApi
{
    internal static Task<IResult> ProposeAsync(
        HttpContext context, StringerScope scope, ModerationDesk desk, BookHost host) => Answers.Api.ReadAsync(
        context, ReadProposal,
        async asked => Answer(context, await desk.ProposeAsync(
            scope, asked.Kind!.Value, asked.Row!.Value, host.PublicUrl() + "/racketbook/moderation", context.RequestAborted), 201));

    static (CatalogueKind? Kind, Guid? Row) ReadProposal(Fields fields)
    {
        var (kind, row) = (CatalogueKinds.Find(fields.Choice("kind", "racket", "string")), fields.Id("row_id"));
        if (kind is null && fields.Faults.Count == 0) fields.Wrong("kind", "text.needed");
        if (row is null && fields.Faults.Count == 0) fields.Wrong("row_id", "text.needed");
        return (kind, row);
    }

    /// <summary>A stringer's own; an admin's list is everybody's.</summary>
    internal static async Task<IResult> ListAsync(HttpContext context, ModerationDesk desk, StringerScopes scopes)
    {
        var access = await scopes.FindAsync(BookVisitor.Of(context), context.RequestAborted);
        if (Answers.Api.Odd(context.Request, "status", "pending") is { } odd) return odd;
        var isPendingOnly = context.Request.Query["status"] == "pending";
        if (access.IsAdmin && context.Request.Query[StringerScopes.AsStringer].Count == 0)
            return await ListAsync(context, (page, most) => desk.ListAllAsync(isPendingOnly, page.After, most, context.RequestAborted));
        return await scopes.EnterAsync(context, access) switch
        {
            ScopeOutcome.Bound(var scope, _) =>
                await ListAsync(context, (page, most) => desk.ListAsync(scope, page.After, most, context.RequestAborted)),
            ScopeOutcome.Refused(var status, var code, var sentence) => new BookProblem(status, code, sentence),
            var other => throw new System.Diagnostics.UnreachableException($"No list for {other.GetType().Name}."),
        };
    }

    static Task<IResult> ListAsync(HttpContext context, Func<ListPage, int, Task<List<Submission>>> find) =>
        Answers.Api.ListAsync(context, find, one => new SubmissionAnswer(one));

    internal static Func<Guid, HttpContext, StringerAccess, ModerationDesk, Task<IResult>> Decide(bool isPromoted) =>
        (id, context, access, desk) => Answers.Api.ReadAsync(
            context, fields => fields.Text("notes", Submission.LongestNote),
            async notes => Answer(context, await desk.DecideAsync(access.Visitor.Who, id, isPromoted, notes, context.RequestAborted)));

    static IResult Answer(HttpContext context, Saving<Submission> saving, int status = 200) =>
        Answers.Api.Of(context, saving, "Submission", _ => 1, one => Answers.Api.Json(new SubmissionAnswer(one), status));
}
