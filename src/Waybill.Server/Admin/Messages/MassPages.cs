using System.Globalization;
using Waybill.Engine.Accounts;
using Waybill.Engine.Interventions;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Messages;
using Waybill.Server.Admin.Access;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Messages;

/// <summary>Acts on all messages that a search finds: first a page that counts, then the act.</summary>
internal static class MassPages
{
    const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static void MapMassActs(this RouteGroupBuilder tenant)
    {
        foreach (var intervention in MassDesk.Offered(MessageFilter.Everything))
        {
            var path = "/messages/all/" + intervention.Word();
            tenant.MapGet(path, (HttpContext context, QueryReader reader, MassDesk desk) => AskAsync(intervention, context, reader, desk))
                .For(Permit.Messages);
            tenant.MapPost(path, (HttpContext context, QueryReader reader, MassDesk desk) => DoAsync(intervention, context, reader, desk))
                .For(Permit.Messages);
        }
    }

    static Task<IResult> AskAsync(Intervention intervention, HttpContext context, QueryReader reader, MassDesk desk)
    {
        var query = context.Request.Query;
        MessageId? behind = MessageId.TryParse(query["after"], null, out var after) ? after : null;
        return CountAsync(intervention, context, reader, desk, query["q"].ToString(), behind, []);
    }

    static async Task<IResult> CountAsync(
        Intervention intervention, HttpContext context, QueryReader reader, MassDesk desk, string text, MessageId? after,
        IReadOnlyList<Fault> faults)
    {
        var (tenant, at) = (context.Visitor().Tenant!.Id, Now(context));
        var asked = await reader.ReadAsync(tenant, text, at, context.RequestAborted);
        if (asked.IsFaulty) return MessageListPages.Show(context, asked, found: null);
        var forecast = await desk.ForeseeAsync(intervention, tenant, Before(asked.Filter, at), after, context.RequestAborted);
        return Page<MassPage>(
            context,
            new
            {
                Intervention = intervention,
                Asked = text.Trim(),
                Forecast = forecast,
                At = at.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture),
                After = after?.ToString(),
                Faults = faults,
            },
            faults.Count > 0 ? 422 : 200);
    }

    /// <summary>
    /// Does to those that were counted what was asked for, and to no others: whatever the form does not say is asked for once more.
    /// </summary>
    static async Task<IResult> DoAsync(Intervention intervention, HttpContext context, QueryReader reader, MassDesk desk)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (text, behind) = (form["q"].ToString(), form["after"].ToString());
        var isBehind = MessageId.TryParse(behind, null, out var after);
        if (CountedAt(form["at"].ToString(), Now(context)) is not { } at || (behind.Length > 0 && !isBehind))
            return await CountAsync(intervention, context, reader, desk, text, after: null, [new("", context.Say("all.stale"))]);
        var tenant = context.Visitor().Tenant!.Id;
        var asked = await reader.ReadAsync(tenant, text, at, context.RequestAborted);
        if (asked.IsFaulty) return MessageListPages.Show(context, asked, found: null);
        var report = await desk.DoAsync(
            intervention, tenant, Before(asked.Filter, at), text.Trim(), context.Actor(), isBehind ? after : null, context.RequestAborted);
        return SeeOther(context, context.InTenant(Next(intervention, text.Trim(), report)), Said(context, intervention, report));
    }

    /// <summary>Where more is left, to the page that goes on with it.</summary>
    static string Next(Intervention intervention, string text, MassReport report) => report.Left > 0
        ? $"messages/all/{intervention.Word()}{MessageLinks.Query(text, "after=" + report.Last)}"
        : $"messages{MessageLinks.Query(text)}";

    static Notice Said(HttpContext context, Intervention intervention, MassReport report)
    {
        var done = report.Done > 0 ? context.SayCount($"all.{intervention.Word()}.done", report.Done) : context.Say("all.nothing");
        var stayed = report.Stayed > 0 ? context.SayCount("all.stayed", report.Stayed) : null;
        var left = report.Left > 0 ? context.SayCount("all.left", report.Left) : null;
        var all = string.Join(' ', new[] { done, stayed, left }.Where(part => part is not null));
        return new(report.Done > 0 ? Tone.Good : Tone.Stopped, all);
    }

    /// <summary>What was accepted since was not counted, and is not meant.</summary>
    static MessageFilter Before(MessageFilter filter, DateTimeOffset at) => filter with { Until = filter.Until < at ? filter.Until : at };

    static DateTimeOffset? CountedAt(string text, DateTimeOffset now) =>
        DateTimeOffset.TryParseExact(text, Pattern, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) && at <= now
            ? at
            : null;

    static DateTimeOffset Now(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
}
