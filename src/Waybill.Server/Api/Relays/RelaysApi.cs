using System.Diagnostics;
using Waybill.Engine.Relays;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Relays;

/// <summary><c>/v1/relays</c>: the relays that a tenant can use. Its own it may change; the instance's only an instance key may.</summary>
internal static class RelaysApi
{
    public static async Task<IResult> ListAsync(
        HttpContext context, Caller caller, RelayTable table, RelayDirectory directory, IDatabase database, TimeProvider clock)
    {
        var (page, error) = Paging.Read(context.Request.Query);
        if (page is null) return error!;
        var usage = await RelayUsage.ReadAsync(database, clock.GetUtcNow(), context.RequestAborted);
        var kept = (await table.ListAsync(caller.Tenant, context.RequestAborted)).Select(relay => Show(relay, caller, usage));
        var made = directory.FromSettings.Select(one => Show(one.Key, one.Value, caller, usage));
        var rest = kept.Concat(made).OrderByDescending(relay => relay.Id.ToString("D"), StringComparer.Ordinal)
            .Where(relay => page.After is not { } after || IsBefore(relay.Id, after))
            .Where(relay => page.Before is not { } before || IsBefore(before, relay.Id)).ToList();
        var shown = page.Before is null ? rest.Take(page.Limit) : rest.TakeLast(page.Limit);
        return Results.Json(new RelayListAnswer(rest.Count > page.Limit, [.. shown]), ApiJson.Default.RelayListAnswer);
    }

    public static async Task<IResult> GetAsync(
        string id, HttpContext context, Caller caller, RelayTable table, RelayDirectory directory, IDatabase database, TimeProvider clock)
    {
        if (!Guid.TryParseExact(id, "D", out var key)) return Missing;
        var usage = await RelayUsage.ReadAsync(database, clock.GetUtcNow(), context.RequestAborted);
        if (directory.FromSettings.TryGetValue(key, out var made))
            return Results.Json(Show(key, made, caller, usage), ApiJson.Default.RelayAnswer);
        return await table.FindAsync(caller.Tenant, key, context.RequestAborted) is { } relay
            ? Results.Json(Show(relay, caller, usage), ApiJson.Default.RelayAnswer)
            : Missing;
    }

    public static async Task<IResult> CreateAsync(HttpContext context, Caller caller, RelayTable table, RelayPlace place)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        var (form, wrong) = RelayForm.Read(body.Root, before: null, mustHaveName: true);
        if (form is null) return wrong!;
        var isShared = body.Root.TryGetProperty("shared", out var shared) && shared.ValueKind == System.Text.Json.JsonValueKind.True;
        if (isShared && caller.Key.Tenant is not null) return NotYours;
        TenantId? owner = isShared ? null : caller.Tenant;
        if (await place.ObjectionAsync(owner, form.Settings.Route, context.RequestAborted) is { } objection) return objection;
        var made = await table.CreateAsync(owner, form.Name, form.Settings, form.NewSecret, context.RequestAborted);
        return Answer(made, caller, 201);
    }

    public static async Task<IResult> ChangeAsync(
        string id, HttpContext context, Caller caller, RelayTable table, RelayDirectory directory, RelayPlace place)
    {
        var (relay, objection) = await FindAsync(id, context, caller, table, directory);
        if (relay is null) return objection!;
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        var (form, wrong) = RelayForm.Read(body.Root, relay, mustHaveName: true);
        if (form is null) return wrong!;
        if (body.Root.TryGetProperty("version", out var seen)
            && seen.ToString() != relay.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)) return Outdated;
        if (form.Settings.Route != relay.Settings.Route
            && await place.ObjectionAsync(relay.Tenant, form.Settings.Route, context.RequestAborted) is { } inside) return inside;
        return Answer(
            await table.ChangeAsync(relay with { Name = form.Name, Settings = form.Settings }, form.Secret, context.RequestAborted), caller,
            200);
    }

    public static async Task<IResult> RemoveAsync(string id, HttpContext context, Caller caller, RelayTable table, RelayDirectory directory)
    {
        var (relay, objection) = await FindAsync(id, context, caller, table, directory);
        if (relay is null) return objection!;
        return await table.RemoveAsync(relay, context.RequestAborted) switch
        {
            RelayWrite.Done => Results.Json(new RemovedRelayAnswer(relay.Id), ApiJson.Default.RemovedRelayAnswer),
            var other => Answer(other, caller, 200),
        };
    }

    static ApiError Missing { get; } = ApiError.NotFound("Relay");

    static ApiError NotYours { get; } = new(
        403, "invalid_access", "A relay that every tenant shares is made, changed and removed with an instance key.");

    static ApiError Outdated { get; } = new(409, "changed_meanwhile", "Somebody else changed the relay meanwhile; read it again.");

    /// <summary>A relay that the caller may change.</summary>
    static async Task<(RelayRecord? Relay, ApiError? Error)> FindAsync(
        string id, HttpContext context, Caller caller, RelayTable table, RelayDirectory directory)
    {
        if (!Guid.TryParseExact(id, "D", out var key)) return (null, Missing);
        if (directory.FromSettings.ContainsKey(key))
            return (null, new(409, "made_by_settings", "This relay comes from the settings; change it there."));
        if (await table.FindAsync(caller.Tenant, key, context.RequestAborted) is not { } relay) return (null, Missing);
        return IsTheirs(relay, caller) ? (relay, null) : (null, NotYours);
    }

    static IResult Answer(RelayWrite write, Caller caller, int status) => write switch
    {
        RelayWrite.Done(var relay) => Results.Json(Show(relay, caller, usage: null), ApiJson.Default.RelayAnswer, statusCode: status),
        RelayWrite.NameTaken => new ApiError(409, "name_taken", "Another relay has this name."),
        RelayWrite.Outdated => Outdated,
        RelayWrite.NotFound => Missing,
        RelayWrite.InUse(var brands) =>
            new ApiError(409, "relay_in_use", $"Brands send by this relay: {string.Join(", ", brands)}. Give them another one first."),
        _ => throw new UnreachableException($"No answer for {write.GetType().Name}."),
    };

    static RelayAnswer Show(RelayRecord relay, Caller caller, IReadOnlyDictionary<string, RelayUsage>? usage) =>
        RelayAnswer.Of(relay, IsTheirs(relay, caller), usage?.GetValueOrDefault(relay.Id.ToString("D")));

    static RelayAnswer Show(Guid id, Relay made, Caller caller, IReadOnlyDictionary<string, RelayUsage> usage) =>
        RelayAnswer.Of(id, made, inFull: caller.Key.Tenant is null, usage.GetValueOrDefault(made.Key));

    static bool IsTheirs(RelayRecord relay, Caller caller) => relay.Tenant is not null || caller.Key.Tenant is null;

    static bool IsBefore(Guid one, Guid other) => string.CompareOrdinal(one.ToString("D"), other.ToString("D")) < 0;
}
