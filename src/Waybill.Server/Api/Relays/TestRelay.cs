using Waybill.Engine.Relays;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Relays;

/// <summary>
/// <c>POST /v1/relays/{id}/test</c> and <c>POST /v1/relays/test</c>: walks up to a relay stage by stage and sends nothing. The second takes
/// the settings of a relay that is not kept yet.
/// </summary>
internal static class TestRelay
{
    public static async Task<IResult> KeptAsync(
        string id, HttpContext context, Caller caller, RelayTable table, RelayDirectory directory, RelayTester tester)
    {
        if (!Guid.TryParseExact(id, "D", out var key)) return ApiError.NotFound("Relay");
        var kept = await table.FindAsync(caller.Tenant, key, context.RequestAborted);
        if (kept is null && !directory.FromSettings.ContainsKey(key)) return ApiError.NotFound("Relay");
        if (kept?.Tenant is null && caller.Key.Tenant is not null) return OfTheInstance;
        var relay = await directory.ForAsync(key, context.RequestAborted);
        return await AnswerAsync(relay, directory, tester, context.RequestAborted);
    }

    public static async Task<IResult> PostedAsync(
        HttpContext context, Caller caller, RelayDirectory directory, RelayFactory factory, RelayPlace place, RelayTester tester,
        Tenants tenants, TimeProvider clock)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        var (form, wrong) = RelayForm.Read(body.Root, before: null, mustHaveName: false);
        if (form is null) return wrong!;
        if (await place.ObjectionAsync(caller.Key.Tenant, form.Settings.Route, context.RequestAborted) is { } objection) return objection;
        var isOperators = await tenants.IsOperatorAsync(caller.Key.Tenant, context.RequestAborted);
        var now = clock.GetUtcNow();
        var name = form.Name.Length > 0 ? form.Name : "being tested";
        await using var relay =
            factory.Make(
                new RelayRecord(Guid.CreateVersion7(now), caller.Tenant, name, form.Settings, now, 0, now, now), form.NewSecret,
                isOperators);
        return await AnswerAsync(relay, directory, tester, context.RequestAborted);
    }

    /// <summary>What a relay says that all share tells of its account, and so of the others.</summary>
    static ApiError OfTheInstance { get; } = new(403, "invalid_access", "A relay that every tenant shares is tested with an instance key.");

    /// <summary>The stages of the way to a relay, up to the first that fails; 15 s at most.</summary>
    public static Task<IReadOnlyList<TestedStage>> WalkAsync(
        Relay relay, RelayDirectory directory, RelayTester tester, CancellationToken cancellationToken) =>
        tester.TestAsync(
            relay.Transport, (relay.From ?? directory.Default.From ?? Mailbox.Parse("waybill@localhost")).Address, cancellationToken);

    static async Task<IResult> AnswerAsync(Relay relay, RelayDirectory directory, RelayTester tester, CancellationToken cancellationToken)
    {
        var stages = await WalkAsync(relay, directory, tester, cancellationToken);
        var answer = new RelayTestAnswer(
            stages.All(stage => stage.IsGood),
            [.. stages.Select(stage => new RelayTestStage(stage.Stage, stage.IsGood, stage.Said, stage.Hint))]);
        return Results.Json(answer, ApiJson.Readable.RelayTestAnswer);
    }
}

/// <summary>What a test came to.</summary>
internal sealed record RelayTestAnswer(bool Ok, IReadOnlyList<RelayTestStage> Stages)
{
    public string Object { get; } = "relay_test";
}

/// <summary>One stage of a test.</summary>
internal sealed record RelayTestStage(string Stage, bool Ok, string Said, string? Hint);
