using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Waybill.Books;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;
using Waybill.Screens.Framing;

namespace Waybill.RacketBook.Pages.Stringers;

/// <summary>The stringers, for admins.</summary>
static class StringerPages
{
    internal static void MapStringers(this IEndpointRouteBuilder admins)
    {
        admins.MapGet("/stringers", ListAsync);
        admins.MapGet("/stringers/new", (HttpContext context) => Page(context, Typed.Of(), []));
        admins.MapPost("/stringers/new", InviteAsync);
        admins.MapPost("/stringers/{id:guid}/close", Rule(isClosed: true));
        admins.MapPost("/stringers/{id:guid}/reopen", Rule(isClosed: false));
    }

    static async Task<IResult> ListAsync(HttpContext context, StringerDesk desk) =>
        BookAnswers.Page<StringersPage>(context, new { Items = await desk.ListAsync(context.RequestAborted) });

    static async Task<IResult> InviteAsync(HttpContext context, StringerAccess access, StringerDesk desk, BookHost host)
    {
        var typed = await Typed.ReadAsync(context);
        var fields = typed.Fields();
        var stringer = StringerReader.ReadNew(fields);
        if (fields.Faults.Count > 0) return Page(context, typed, context.Told(fields.Faults));
        return await desk.InviteAsync(access.Visitor.Who, stringer, host.InviteUrl, context.RequestAborted) switch
        {
            Saving<Stringer>.Done(var made) => BookAnswers.SeeOther(context, "/stringers", context.Say("stringers.invited", made.Email)),
            Saving<Stringer>.Refused(var faults, _) => Page(context, typed, context.Told(faults)),
            _ => BookAnswers.Missing(context),
        };
    }

    static Func<Guid, HttpContext, StringerAccess, StringerDesk, Task<IResult>> Rule(bool isClosed) => async (id, context, access, desk) =>
        await desk.RuleAsync(
            access.Visitor.Who, new(id), isAdmin: null, isClosed, context.RequestAborted) is Saving<Stringer>.Done(var ruled)
            ? BookAnswers.SeeOther(context, "/stringers", context.Say(isClosed ? "stringers.closed" : "stringers.reopened", ruled.Email))
            : BookAnswers.Missing(context);

    static IResult Page(HttpContext context, Typed typed, IReadOnlyList<Fault> faults) =>
        BookAnswers.Page<InviteStringerPage>(context, new { Typed = typed, Faults = faults }, faults.Count > 0 ? 422 : 200);
}
