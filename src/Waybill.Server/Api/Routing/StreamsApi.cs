using Waybill.Engine.Routing;
using Waybill.Engine.Tenancy;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Routing;

/// <summary>
/// <c>/v1/streams</c>: how messages are delivered. Streams belong to the instance, so every tenant may look, and only keys of the instance
/// and of its first tenant may change.
/// </summary>
internal static class StreamsApi
{
    public static IResult List(StreamTable streams) => Results.Json(
        new StreamListAnswer([.. streams.All.Select(policy => new StreamAnswer(policy, streams.SettingsOf(policy.Name)))]),
        ApiJson.Default.StreamListAnswer);

    public static IResult Get(string name, StreamTable streams) =>
        streams.TryFind(name) is { } policy ? Answer(policy, streams) : Problem.NotFound("Stream");

    public static async Task<IResult> ChangeAsync(string name, HttpContext context, Caller caller, StreamTable streams, Tenants tenants)
    {
        if (!await tenants.IsOperatorAsync(caller.Key.Tenant, context.RequestAborted))
            return new Problem(
                403, "invalid_access",
                "Streams belong to the whole instance; change them with a key of the instance or of its first tenant.");
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return new Problem(error!.StatusCode, error.Name, error.Message);
        using var body = read;
        var (change, wrong) = StreamChangeReader.Read(body.Root);
        if (change is null) return Problem.From(wrong!.ToError());
        return await streams.ChangeAsync(name, change, context.RequestAborted) switch
        {
            StreamChange.Changed(var policy) => Answer(policy, streams),
            StreamChange.Refused(var problem) => Problem.Invalid(problem),
            _ => Problem.NotFound("Stream"),
        };
    }

    static IResult Answer(StreamPolicy policy, StreamTable streams) =>
        Results.Json(new StreamAnswer(policy, streams.SettingsOf(policy.Name)), ApiJson.Default.StreamAnswer);
}
