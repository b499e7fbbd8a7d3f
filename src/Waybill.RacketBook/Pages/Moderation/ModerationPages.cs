using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Waybill.RacketBook.Moderation;
using Waybill.RacketBook.Tenancy;
using Waybill.Screens.Framing;

namespace Waybill.RacketBook.Pages.Moderation;

/// <summary>The queue of proposals, for admins.</summary>
static class ModerationPages
{
    const int Most = 100;

    internal static void MapModeration(this IEndpointRouteBuilder admins)
    {
        admins.MapGet("/moderation", (HttpContext context, ModerationDesk desk) => PageAsync(context, desk, wrong: null, "", []));
        admins.MapPost("/moderation/{id:guid}/promote", Decide(isPromoted: true));
        admins.MapPost("/moderation/{id:guid}/reject", Decide(isPromoted: false));
    }

    static Func<Guid, HttpContext, StringerAccess, ModerationDesk, Task<IResult>> Decide(bool isPromoted) => async (id, context, access,
        desk) =>
    {
        var typed = await Typed.ReadAsync(context);
        var fields = typed.Fields();
        var notes = fields.Text("notes", Submission.LongestNote);
        if (fields.Faults.Count > 0) return await PageAsync(context, desk, id, typed["notes"], context.Told(fields.Faults));
        return await desk.DecideAsync(access.Visitor.Who, id, isPromoted, notes, context.RequestAborted) switch
        {
            Saving<Submission>.Done(var decided) =>
                BookAnswers.SeeOther(
                    context, "/moderation", context.Say(isPromoted ? "moderation.promoted" : "moderation.rejected", decided.Label)),
            Saving<Submission>.Refused(var faults, var isConflict) => isConflict
                ? BookAnswers.SeeOther(context, "/moderation", context.Told(faults)[0].Text, Tone.Held)
                : await PageAsync(context, desk, id, typed["notes"], context.Told(faults)),
            _ => BookAnswers.Missing(context),
        };
    };

    static async Task<IResult> PageAsync(HttpContext context, ModerationDesk desk, Guid? wrong, string notes, IReadOnlyList<Fault> faults)
    {
        var all = await desk.ListAllAsync(isPendingOnly: false, after: null, Most, context.RequestAborted);
        return BookAnswers.Page<ModerationPage>(
            context,
            new
            {
                Pending = await desk.ListAllAsync(isPendingOnly: true, after: null, Most, context.RequestAborted),
                Decided = all.FindAll(one => one.Status != SubmissionStatus.Pending),
                Wrong = wrong,
                Notes = notes,
                Faults = faults,
            },
            faults.Count > 0 ? 422 : 200);
    }
}
