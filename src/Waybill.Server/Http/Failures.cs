using Microsoft.AspNetCore.Http.Features;
using Waybill.Engine.Storage;
using Waybill.Server.Api;

namespace Waybill.Server.Http;

/// <summary>
/// Turns what broke outside into an answer that says so: a full disk is 507, a database that is away 503, both with the advice to try
/// again; anything else is a defect, 500, whose details stay in the log.
/// </summary>
internal sealed partial class Failures(RequestDelegate next, ILogger<Failures> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (IsUnanswered(context)) await AnswerUnknownRouteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // the client went away
        }
        catch (BadHttpRequestException wrong) when (!context.Response.HasStarted)
        {
            await new ApiError(wrong.StatusCode, "validation_error", wrong.Message).ExecuteAsync(context);
        }
        catch (Exception failed) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, failed);
        }
    }

    async Task AnswerAsync(HttpContext context, Exception failed)
    {
        context.Response.Clear();
        context.Response.Headers["X-Request-Id"] = context.TraceIdentifier;
        switch (failed)
        {
            case StorageFullException:
                LogRefused(context.TraceIdentifier, failed.Message);
                context.Response.Headers.RetryAfter = "10";
                await new ApiError(507, "application_error", failed.Message).ExecuteAsync(context);
                break;
            case StorageException:
                LogRefused(context.TraceIdentifier, failed.Message);
                context.Response.Headers.RetryAfter = "2";
                await new ApiError(503, "application_error", failed.Message).ExecuteAsync(context);
                break;
            default:
                LogDefect(context.TraceIdentifier, failed);
                await new ApiError(500, "internal_server_error", $"Something went wrong in Waybill. The log has it under request {context.TraceIdentifier}.").ExecuteAsync(context);
                break;
        }
    }

    static bool IsUnanswered(HttpContext context) =>
        !context.Response.HasStarted && context.Response.StatusCode is 404 or 405 && context.Response.ContentLength is null
        && context.Features.Get<IHttpResponseBodyFeature>() is not null && context.Response.ContentType is null;

    static Task AnswerUnknownRouteAsync(HttpContext context) => context.Response.StatusCode == 405
        ? new ApiError(405, "method_not_allowed", $"{context.Request.Method} is not allowed here; allowed: {context.Response.Headers.Allow}.").ExecuteAsync(context)
        : new ApiError(404, "not_found", "The requested endpoint does not exist.").ExecuteAsync(context);

    [LoggerMessage(1101, LogLevel.Error, "Request {RequestId} was refused: {Reason}")]
    partial void LogRefused(string requestId, string reason);

    [LoggerMessage(1102, LogLevel.Error, "Request {RequestId} met a defect of Waybill")]
    partial void LogDefect(string requestId, Exception defect);
}
