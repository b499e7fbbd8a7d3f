using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Waybill.Books;

namespace Waybill.Keysat.Api;

/// <summary>An error as Keysat's API writes it: <c>{"ok": false, "error": "not_found", "message": "…"}</c>.</summary>
public sealed record KeysatError : IResult
{
    KeysatError(int status, string error, string message) => (Status, Error, Message) = (status, error, message);

    /// <summary>The HTTP status.</summary>
    [JsonIgnore]
    public int Status { get; }

    /// <summary>Always false.</summary>
    public bool Ok { get; }

    /// <summary>For programs: one of Keysat's codes.</summary>
    public string Error { get; }

    /// <summary>For people.</summary>
    public string Message { get; }

    /// <summary>The same error in this shape. Keysat has a code for each kind of status and tells less apart than we do.</summary>
    public static KeysatError Of(BookProblem problem) => problem.Status switch
    {
        401 => new(401, "unauthorized", problem.Detail),
        402 => new(402, "tier_cap", problem.Detail),
        403 => new(403, "forbidden", problem.Detail),
        404 => new(404, "not_found", problem.Detail),
        409 or 412 => new(409, "conflict", problem.Detail),
        429 => new(429, "rate_limited", problem.Detail),
        502 => new(502, "upstream_error", problem.Detail),
        503 or 507 => new(503, "service_unavailable", problem.Detail),
        >= 500 => new(500, "internal_error", problem.Detail),
        _ => new(400, "bad_request", problem.Detail),
    };

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        return httpContext.Response.WriteAsJsonAsync(this, KeysatJson.Default.KeysatError, cancellationToken: httpContext.RequestAborted);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KeysatError))]
sealed partial class KeysatJson : JsonSerializerContext;
