using System.Globalization;
using System.Text.Json.Nodes;
using Waybill.Engine.Accounts;
using Waybill.Engine.Routing;
using Waybill.Screens.Framing;
using Waybill.Server.Admin.Access;
using Waybill.Server.Api.Routing;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Streams;

/// <summary>
/// <c>/streams</c>: how messages are delivered. Streams are the whole instance's: every tenant may look, the instance's operators change.
/// </summary>
internal static class StreamPages
{
    public static void MapStreams(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/streams", (HttpContext context, StreamTable streams) => Page<StreamsPage, StreamsModel>(
            context, new([.. streams.All.Select(policy => View(policy, streams))])))
            .For(Permit.Read);
        tenant.MapGet("/streams/{name}", Show).For(Permit.Read);
        tenant.MapPost("/streams/{name}", ChangeAsync).For(Permit.Instance);
        tenant.MapPost("/streams/{name}/reset", ResetAsync).For(Permit.Instance);
    }

    static IResult Show(string name, HttpContext context, StreamTable streams) =>
        streams.TryFind(name) is { } policy
        ? StreamPage(context, View(policy, streams), Values(streams.SettingsOf(name)), [])
        : Missing(context);

    static async Task<IResult> ChangeAsync(string name, HttpContext context, StreamTable streams)
    {
        if (streams.TryFind(name) is not { } policy) return Missing(context);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var body = new FormBody(form).Numbers("attempts", "jitter", "kept_days")
            .Choices("unsubscribe", "retry_once_on_connection_fault").With("waits", Waits(form["waits"].ToString()));
        var (change, fault) = StreamChangeReader.Read(body.Json());
        IResult Refuse(Fault wrong) => StreamPage(context, View(policy, streams), Typed(form), [wrong]);
        if (change is null) return Refuse(FormFaults.Of(context, fault!, field => Label(context, field)));
        if (await streams.ChangeAsync(name, change, context.RequestAborted) is StreamChange.Refused(var sentence))
            return Refuse(new("", sentence));
        await context.NoteOfInstanceAsync(
            "streams.change",
            $"{name}: {string.Join(", ", Typed(form).Where(field => field.Value.Length > 0).Select(field => $"{field.Key} {field.Value}"))}");
        return SeeOther(context, PathOf(context, name), new(Tone.Good, context.Say("streams.saved")));
    }

    static async Task<IResult> ResetAsync(string name, HttpContext context, StreamTable streams)
    {
        if (await streams.ChangeAsync(name, _ => new StreamSettings(), context.RequestAborted) is not StreamChange.Changed)
            return Missing(context);
        await context.NoteOfInstanceAsync("streams.reset", name);
        return SeeOther(context, PathOf(context, name), new(Tone.Good, context.Say("streams.reset.done")));
    }

    static IResult StreamPage(
        HttpContext context, StreamView view, IReadOnlyDictionary<string, string> values,
        IReadOnlyList<Fault> faults) => Page<StreamPage, StreamModel>(
        context, new(view, values, context.Visitor().May(Permit.Instance), faults), faults.Count > 0 ? 422 : 200);

    static StreamView View(StreamPolicy policy, StreamTable streams) =>
        new(policy, streams.FindStandard(policy.Name)!, [.. StreamChangeReader.Names(streams.SettingsOf(policy.Name))]);

    static JsonArray? Waits(string text) =>
        text.Trim().Length == 0 ? null : new JsonArray([.. FormBody.Split(text).Select(FormBody.Number)]);

    static Dictionary<string, string> Typed(IFormCollection form) =>
        StreamView.Fields.ToDictionary(field => field, field => form[field].ToString(), StringComparer.Ordinal);

    static Dictionary<string, string> Values(StreamSettings settings) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["attempts"] = settings.Attempts?.ToString(CultureInfo.InvariantCulture) ?? "",
        ["waits"] = settings.Waits is null
            ? ""
            : string.Join(", ", settings.Waits.Select(wait => wait.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture))),
        ["jitter"] = settings.Jitter?.ToString(CultureInfo.InvariantCulture) ?? "",
        ["kept_days"] = settings.Kept switch
        {
            Kept.For(var days) => days.ToString(CultureInfo.InvariantCulture),
            Kept.ForEver => StreamChangeReader.ForEver,
            _ => "",
        },
        ["unsubscribe"] = Bit(settings.OffersUnsubscribe),
        ["retry_once_on_connection_fault"] = Bit(settings.RetryOnceOnConnectionFault),
    };

    static string Bit(bool? value) => value switch { true => "true", false => "false", _ => "" };

    static string? Label(HttpContext context, string field) => StreamView.Fields.Contains(field) ? context.Say($"streams.{field}") : null;

    static string PathOf(HttpContext context, string name) => context.InTenant($"streams/{name}");

    static IResult Missing(HttpContext context) => Pages.Missing(context, "streams.gone.title", "streams.gone");
}

/// <summary>All streams.</summary>
/// <param name="Streams">By name.</param>
public sealed record StreamsModel(IReadOnlyList<StreamView> Streams);

/// <summary>One stream and the form that changes it.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Values">What stands in the form: what is set, or what was typed.</param>
/// <param name="MayChange">Whether the visitor may change it.</param>
/// <param name="Faults">What is wrong with what was typed.</param>
public sealed record StreamModel(
    StreamView Stream, IReadOnlyDictionary<string, string> Values, bool MayChange, IReadOnlyList<Fault> Faults);
