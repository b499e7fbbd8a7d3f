using System.Text.Json;
using Waybill.Engine.Requests;

namespace Waybill.Server.Api.Logs;

/// <summary>Notes every request that a key was let in for, when it is answered.</summary>
internal static class RequestNotes
{
    const int LongestAgent = 300;

    public static IApplicationBuilder UseRequestNotes(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var (log, clock) = (context.RequestServices.GetRequiredService<RequestLog>(),
            context.RequestServices.GetRequiredService<TimeProvider>());
        var at = clock.GetUtcNow();
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Features.Get<Caller>() is { } caller) log.Note(Record(context, caller, at));
        }
    });

    static RequestRecord Record(HttpContext context, Caller caller, DateTimeOffset at)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        var refusal = context.Features.Get<ApiError>();
        return new(
            Guid.CreateVersion7(at), caller.Tenant, caller.Key.Id, at, context.Request.Method, context.Request.Path.Value ?? "/",
            context.Response.StatusCode, agent.Length == 0 ? null : Cut(agent),
            refusal is null ? null : JsonSerializer.Serialize(refusal, ApiJson.Readable.ApiError));
    }

    /// <summary>A database takes no half of a character.</summary>
    static string Cut(string agent)
    {
        if (agent.Length <= LongestAgent) return agent;
        return agent[..(char.IsHighSurrogate(agent[LongestAgent - 1]) ? LongestAgent - 1 : LongestAgent)];
    }
}
