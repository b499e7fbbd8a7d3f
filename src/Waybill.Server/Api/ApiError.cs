using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waybill.Server.Api;

/// <summary>
/// An answer that says what is wrong, in the form and with the names that Resend's clients know; on a route of our own, as a
/// <see cref="Problem"/>.
/// </summary>
internal sealed record ApiError([property: JsonPropertyName("statusCode")] int StatusCode, string Name, string Message) : IResult
{
    public static ApiError Invalid(string message) => new(422, "validation_error", message);

    public static ApiError Missing(string field) => new(422, "missing_required_field", $"Missing `{field}` field.");

    public static ApiError BadAttachment(string message) => new(422, "invalid_attachment", message);

    public static ApiError NotJson(string message) => new(400, "validation_error", message);

    public static ApiError TooLarge(string message) => new(413, "validation_error", message);

    public static ApiError NotFound(string what) => new(404, "not_found", $"{what} not found");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (httpContext.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal)) return new Problem(StatusCode, Name, Message).ExecuteAsync(httpContext);
        httpContext.Response.StatusCode = StatusCode;
        return httpContext.Response.WriteAsJsonAsync(this, ApiJson.Readable.ApiError, cancellationToken: httpContext.RequestAborted);
    }
}

/// <summary>How our API writes JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Relays.RelayAnswer))]
[JsonSerializable(typeof(Relays.RelayListAnswer))]
[JsonSerializable(typeof(Relays.RemovedRelayAnswer))]
[JsonSerializable(typeof(Relays.RelayTestAnswer))]
[JsonSerializable(typeof(Emails.EmailAnswer))]
[JsonSerializable(typeof(Emails.EmailListAnswer))]
[JsonSerializable(typeof(Emails.EmailReference))]
[JsonSerializable(typeof(Emails.SentAnswer))]
[JsonSerializable(typeof(Emails.BatchAnswer))]
[JsonSerializable(typeof(Emails.AttachmentAnswer))]
[JsonSerializable(typeof(Emails.AttachmentListAnswer))]
[JsonSerializable(typeof(Keys.NewKeyAnswer))]
[JsonSerializable(typeof(Keys.KeyListAnswer))]
[JsonSerializable(typeof(Keys.KeyReference))]
[JsonSerializable(typeof(Keys.RevokedKeyAnswer))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>For sentences: a person at a terminal reads `field`, not \u0060field\u0060. No browser takes our JSON for HTML.</summary>
    public static ApiJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
