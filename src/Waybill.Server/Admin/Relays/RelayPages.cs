using Waybill.Engine.Accounts;
using Waybill.Engine.Counting;
using Waybill.Engine.Relays;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Relays;
using Waybill.Server.Admin.Access;
using Waybill.Server.Admin.Overview;
using Waybill.Server.Api.Relays;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Relays;

/// <summary><c>/relays</c>: the ways out for mail.</summary>
internal static class RelayPages
{
    public static void MapRelays(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/relays", ListAsync).For(Permit.Relays);
        tenant.MapPost("/relays", CreateAsync).For(Permit.Relays);
        tenant.MapGet("/relays/new", (Delegate)ShowBlank).For(Permit.Relays);
        tenant.MapPost("/relays/try", TryNewAsync).For(Permit.Relays);
        tenant.MapGet("/relays/{id:guid}", ShowAsync).For(Permit.Relays);
        tenant.MapPost("/relays/{id:guid}", ChangeAsync).For(Permit.Relays);
        tenant.MapPost("/relays/{id:guid}/try", TryAsync).For(Permit.Relays);
        tenant.MapPost("/relays/{id:guid}/test", TestAsync).For(Permit.Relays);
        tenant.MapPost("/relays/{id:guid}/remove", RemoveAsync).For(Permit.Relays);
    }

    static async Task<IResult> ListAsync(HttpContext context, RelayRows rows) =>
        Page<RelaysPage>(context, new { Relays = await rows.ListAsync(context.Visitor(), context.RequestAborted) });

    static IResult ShowBlank(HttpContext context) =>
        Form(context, relay: null, RelayDrafts.Blank(RelayDrafts.KindOf(context.Request.Query["kind"])));

    static async Task<IResult> CreateAsync(HttpContext context, RelayTable table, RelayPlace place)
    {
        var (draft, read, faults) = await ReadAsync(context, before: null, place, mustHaveName: true);
        if (read is null) return Form(context, relay: null, draft, faults);
        TenantId? owner = draft["shared"] == "true" && context.Visitor().May(Permit.Instance) ? null : Tenant(context);
        var made = await table.CreateAsync(owner, read.Name, read.Settings, read.NewSecret, context.RequestAborted);
        return await SavedAsync(context, made, "relays.create", fault => Form(context, relay: null, draft, [fault]));
    }

    static async Task<IResult> TryNewAsync(HttpContext context, RelayPlace place, RelayDesk desk)
    {
        var (draft, read, faults) = await ReadAsync(context, before: null, place, mustHaveName: false);
        if (read is null) return Form(context, relay: null, draft, faults);
        return Form(context, relay: null, draft, stages: await desk.TestAsync(Tenant(context), before: null, read, context.RequestAborted));
    }

    static async Task<IResult> ShowAsync(Guid id, HttpContext context, RelayRows rows, RelayTable table, RelayDirectory directory) =>
        await ShowTestedAsync(id, context, rows, table, directory, stages: null);

    /// <summary>A relay as it is kept, to be changed by those who may.</summary>
    static async Task<IResult> ShowTestedAsync(
        Guid id, HttpContext context, RelayRows rows, RelayTable table, RelayDirectory directory, IReadOnlyList<TestedStage>? stages)
    {
        if (await rows.FindAsync(context.Visitor(), id, context.RequestAborted) is not { } row) return Missing(context);
        var kept = await table.FindAsync(Tenant(context), id, context.RequestAborted);
        var range = OverviewPages.TimeRangeOf(context);
        var carried = await rows.RelayTrafficAsync(context.Visitor(), row, range, context.RequestAborted);
        if (kept is not null && row.MayChange)
            return Form(
                context, row, RelayDrafts.Of(kept), secretSetAt: kept.SecretSetAt, stages: stages, range: range, carried: carried);
        var made = directory.FromSettings.GetValueOrDefault(id);
        return Page<RelayFactsPage>(context, new
        {
            Relay = row,
            TimeRange = range,
            RelayTraffic = carried,
            From = made?.From?.ToString() ?? kept?.Settings.From,
            Domains = made?.SenderDomains ?? kept?.Settings.AllowedDomains ?? [],
            Stages = stages,
        });
    }

    static async Task<IResult> ChangeAsync(Guid id, HttpContext context, RelayRows rows, RelayTable table, RelayPlace place)
    {
        if (await FindAsync(id, context, rows, table) is not var (row, kept)) return Missing(context);
        var (draft, read, faults) = await ReadAsync(context, kept, place, mustHaveName: true);
        if (read is null) return Form(context, row, draft, faults, secretSetAt: kept.SecretSetAt);
        var changed = kept with { Name = read.Name, Settings = read.Settings, Version = draft.Version };
        return await SavedAsync(
            context, await table.ChangeAsync(changed, read.Secret, context.RequestAborted), "relays.change",
            fault => Form(context, row, draft with { Version = kept.Version }, [fault], secretSetAt: kept.SecretSetAt));
    }

    static async Task<IResult> TryAsync(Guid id, HttpContext context, RelayRows rows, RelayTable table, RelayPlace place, RelayDesk desk)
    {
        if (await FindAsync(id, context, rows, table) is not var (row, kept)) return Missing(context);
        var (draft, read, faults) = await ReadAsync(context, kept, place, mustHaveName: false);
        if (read is null) return Form(context, row, draft, faults, secretSetAt: kept.SecretSetAt);
        var stages = await desk.TestAsync(Tenant(context), kept, read, context.RequestAborted);
        return Form(context, row, draft, secretSetAt: kept.SecretSetAt, stages: stages);
    }

    static async Task<IResult> TestAsync(
        Guid id, HttpContext context, RelayRows rows, RelayTable table, RelayDirectory directory, RelayDesk desk)
    {
        if (await rows.FindAsync(context.Visitor(), id, context.RequestAborted) is not { MayTest: true }) return Missing(context);
        return await ShowTestedAsync(id, context, rows, table, directory, await desk.TestAsync(id, context.RequestAborted));
    }

    static async Task<IResult> RemoveAsync(Guid id, HttpContext context, RelayRows rows, RelayTable table)
    {
        if (await FindAsync(id, context, rows, table) is not var (row, kept)) return Missing(context);
        switch (await table.RemoveAsync(kept, context.RequestAborted))
        {
            case RelayWrite.Done:
                await NoteAsync(context, "relays.remove", kept);
                return SeeOther(context, PathOf(context, ""), new(Tone.Good, context.Say("relays.removed", kept.Name)));
            case RelayWrite.InUse(var brands):
                return Form(context, row, RelayDrafts.Of(kept), secretSetAt: kept.SecretSetAt,
                    removal: new("", context.Say("relays.in-use", string.Join(", ", brands))));
            default:
                return Missing(context);
        }
    }

    /// <summary>What was typed, what it means, and what is wrong with it.</summary>
    static async Task<(RelayDraft Draft, RelayRead? Read, IReadOnlyList<Fault> Faults)> ReadAsync(
        HttpContext context, RelayRecord? before, RelayPlace place, bool mustHaveName)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var draft = RelayDrafts.Of(context, form);
        var (read, wrong) = RelayForm.ReadAll(RelayDrafts.Body(context, form, draft, mustHaveName), before, mustHaveName);
        var faults = FormFaults.Of(context, wrong, field => Label(context, field));
        var owner = before is null ? Tenant(context) : before.Tenant;
        if (read is null || await place.ObjectionAsync(owner, read.Settings.Route, context.RequestAborted) is not { } objection)
            return (draft, read, faults);
        return (draft, null, [new(draft.Kind == "smtp" ? "host" : "base_url", objection.Message)]);
    }

    static async Task<IResult> SavedAsync(HttpContext context, RelayWrite write, string act, Func<Fault, IResult> refuse)
    {
        switch (write)
        {
            case RelayWrite.Done(var relay):
                await NoteAsync(context, act, relay);
                return SeeOther(context, PathOf(context, $"/{relay.Id:D}"), new(Tone.Good, context.Say("relays.saved", relay.Name)));
            case RelayWrite.NameTaken:
                return refuse(new("name", context.Say("relays.name.taken")));
            case RelayWrite.Outdated:
                return refuse(new("", context.Say("relays.outdated")));
            default:
                return Missing(context);
        }
    }

    static Task NoteAsync(HttpContext context, string act, RelayRecord relay)
    {
        var what = $"{relay.Name}, {relay.Id:D}";
        return relay.Tenant is null ? context.NoteOfInstanceAsync(act, what) : context.NoteAsync(act, what);
    }

    /// <summary>A relay that the visitor may change.</summary>
    static async Task<(RelayRow Row, RelayRecord Kept)?> FindAsync(Guid id, HttpContext context, RelayRows rows, RelayTable table) =>
        await rows.FindAsync(context.Visitor(), id, context.RequestAborted) is { MayChange: true } row
        && await table.FindAsync(Tenant(context), id, context.RequestAborted) is { } kept ? (row, kept) : null;

    static IResult Form(
        HttpContext context, RelayRow? relay, RelayDraft draft, IReadOnlyList<Fault>? faults = null, DateTimeOffset? secretSetAt = null,
        IReadOnlyList<TestedStage>? stages =
        null, Fault? removal = null, TimeRange? range = null, IReadOnlyList<RelayTraffic>? carried = null) => Page<RelayFormPage>(
        context,
        new
        {
            Relay = relay,
            Draft = draft,
            SecretSetAt = secretSetAt,
            MayShare = relay is null && context.Visitor().May(Permit.Instance),
            Stages = stages,
            TimeRange = range,
            RelayTraffic = carried ?? [],
            Faults = faults ?? [],
            RemovalFaults = removal is null ? (IReadOnlyList<Fault>)[] : [removal],
        },
        faults is { Count: > 0 } ? 422 : removal is not null ? 409 : 200);

    static string? Label(HttpContext context, string field) =>
        RelayDraft.Fields.Contains(field) || field is "password" or "api_key" ? context.Say($"relays.{field}") : null;

    static TenantId Tenant(HttpContext context) => context.Visitor().Tenant!.Id;

    static string PathOf(HttpContext context, string rest) => context.InTenant($"relays{rest}");

    static IResult Missing(HttpContext context) => Pages.Missing(context, "relays.gone.title", "relays.gone");
}
