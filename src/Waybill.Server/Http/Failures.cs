using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Waybill.Engine.Storage;
using Waybill.Server.Admin.Access;
using Waybill.Server.Api;
using Waybill.Server.Health;
using Waybill.Server.Bodies;

namespace Waybill.Server.Http;

/// <summary>
/// Turns what broke outside into an answer that says so: a full disk is 507, a database that is away 503, both with the advice to try
/// again; anything else is a defect, 500, whose details stay in the log. People who look at pages are told on a page.
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
        catch (OperationCanceledException gone) when (context.RequestAborted.IsCancellationRequested || WasCut(gone))
        {
            // the client went away, or its connection was cut to make room, which the request hears of a moment later
        }
        catch (ConnectionResetException)
        {
            // so did this one, less politely
        }
        catch (BodyRefusedException refused) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, refused.Error, refused.RetryAfter, isLast: true);
        }
        catch (BadHttpRequestException wrong) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, new(wrong.StatusCode, "validation_error", wrong.Message), retryAfter: null);
        }
        catch (StorageException away) when (!context.Response.HasStarted)
        {
            if (away is StorageFullException) context.RequestServices.GetRequiredService<FullDisk>().Note();
            LogRefused(context.TraceIdentifier, away.InnerException is { } cause ? $"{away.Message} ({cause.Message})" : away.Message);
            await (away is StorageFullException
                ? AnswerAsync(context, new(507, "application_error", away.Message), retryAfter: "10")
                : AnswerAsync(context, new(503, "application_error", away.Message), retryAfter: "2"));
        }
        catch (Exception defect) when (!context.Response.HasStarted)
        {
            LogDefect(context.TraceIdentifier, defect);
            var sentence = $"Something went wrong in Waybill. The log has it under request {context.TraceIdentifier}.";
            await AnswerAsync(context, new(500, "internal_server_error", sentence), retryAfter: null);
        }
    }

    /// <param name="context">The request.</param>
    /// <param name="error">What is said.</param>
    /// <param name="retryAfter">Seconds.</param>
    /// <param name="isLast">Whether nothing more is read of the connection, where a rest of the body may still come.</param>
    static async Task AnswerAsync(HttpContext context, ApiError error, string? retryAfter, bool isLast = false)
    {
        var headers = context.Response.Headers;
        var (cookies, https) = (headers.SetCookie, headers.StrictTransportSecurity); // a session or a form's token was made all the same
        context.Response.Clear();
        AnswerHeaders.Set(headers);
        (headers["X-Request-Id"], headers.SetCookie, headers.StrictTransportSecurity,
            headers.RetryAfter) = (context.TraceIdentifier, cookies, https, retryAfter);
        if (isLast && HttpProtocol.IsHttp11(context.Request.Protocol)) headers.Connection = "close";
        await (BrokenPages.AreFor(context) ? BrokenPages.AnswerAsync(context, error.StatusCode) : error.ExecuteAsync(context));
    }

    static bool WasCut(Exception? reason)
    {
        for (; reason is not null; reason = reason.InnerException)
            if (reason is ConnectionAbortedException) return true;
        return false;
    }

    static bool IsUnanswered(HttpContext context) =>
        !context.Response.HasStarted && context.Response.StatusCode is 404 or 405 or 415 && context.Response.ContentLength is null
        && context.Features.Get<IHttpResponseBodyFeature>() is not null && context.Response.ContentType is null;

    static Task AnswerUnknownRouteAsync(HttpContext context)
    {
        ApiError error = context.Response.StatusCode switch
        {
            405 =>
                new(405, "method_not_allowed", $"{context.Request.Method} is not allowed here; allowed: {context.Response.Headers.Allow}."),
            415 =>
                new(
                    415, "validation_error",
                    $"A body of the type '{context.Request.ContentType}' is not read here. JSON is sent as application/json."),
            _ => new(404, "not_found", "The requested endpoint does not exist."),
        };
        return error.ExecuteAsync(context);
    }

    [LoggerMessage(1101, LogLevel.Error, "Request {RequestId} was refused: {Reason}")]
    partial void LogRefused(string requestId, string reason);

    [LoggerMessage(1102, LogLevel.Error, "Request {RequestId} met a defect of Waybill")]
    partial void LogDefect(string requestId, Exception defect);
}
