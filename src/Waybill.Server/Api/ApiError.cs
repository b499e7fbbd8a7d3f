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
    /// <summary>What is wrong in particular, where it is more than one thing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Templates.ProblemAnswer>? Problems { get; init; }

    public static ApiError Invalid(string message) => new(422, "validation_error", message);

    public static ApiError Missing(string field) => new(422, "missing_required_field", $"Missing `{field}` field.");

    public static ApiError BadAttachment(string message) => new(422, "invalid_attachment", message);

    public static ApiError NotJson(string message) => new(400, "validation_error", message);

    public static ApiError TooLarge(string message) => new(413, "validation_error", message);

    public static ApiError NotFound(string what) => new(404, "not_found", $"{what} not found");

    /// <summary>Under /v1, ours or a book's, the same is said as a problem.</summary>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Features.Set(this); // for the request log
        var path = httpContext.Request.Path;
        if (httpContext.RequestServices.GetService<Http.BookPaths>()?.FindApi(path) is { } book)
            return book.ErrorShape?.Invoke(new(StatusCode, Name, Message)).ExecuteAsync(httpContext)
                ?? Problem.From(this).ExecuteAsync(httpContext);
        if (path.StartsWithSegments(V1Routes.Prefix, StringComparison.OrdinalIgnoreCase))
            return Problem.From(this).ExecuteAsync(httpContext);
        httpContext.Response.StatusCode = StatusCode;
        return httpContext.Response.WriteAsJsonAsync(this, ApiJson.Readable.ApiError, cancellationToken: httpContext.RequestAborted);
    }
}

/// <summary>How our API writes JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(Logs.LogListAnswer))]
[JsonSerializable(typeof(Logs.LogAnswer))]
[JsonSerializable(typeof(Messages.TimelineAnswer))]
[JsonSerializable(typeof(Messages.RecomposedAnswer))]
[JsonSerializable(typeof(Brands.BrandAnswer))]
[JsonSerializable(typeof(Brands.BrandListAnswer))]
[JsonSerializable(typeof(Tenancy.TenantAnswer))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Routing.StreamAnswer))]
[JsonSerializable(typeof(Routing.StreamListAnswer))]
[JsonSerializable(typeof(Suppressions.SuppressionAnswer))]
[JsonSerializable(typeof(Suppressions.SuppressionListAnswer))]
[JsonSerializable(typeof(Suppressions.SuppressionReference))]
[JsonSerializable(typeof(Suppressions.SuppressionReferences))]
[JsonSerializable(typeof(Suppressions.RemovedSuppression))]
[JsonSerializable(typeof(Suppressions.RemovedSuppressions))]
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
[JsonSerializable(typeof(Templates.TemplateListAnswer))]
[JsonSerializable(typeof(Templates.TemplateAnswer))]
[JsonSerializable(typeof(Templates.TemplateReference))]
[JsonSerializable(typeof(Templates.RemovedTemplateAnswer))]
[JsonSerializable(typeof(Templates.TemplatePreviewAnswer))]
[JsonSerializable(typeof(Templates.TemplateVersionsAnswer))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
[JsonSerializable(typeof(Events.TakenEvent))]
[JsonSerializable(typeof(Events.TakenEvents))]
[JsonSerializable(typeof(Events.EventAnswer))]
[JsonSerializable(typeof(Events.EventListAnswer))]
[JsonSerializable(typeof(Events.ParkedListAnswer))]
[JsonSerializable(typeof(Events.RouteAnswer))]
[JsonSerializable(typeof(Events.RouteListAnswer))]
[JsonSerializable(typeof(Events.EventTypeAnswer))]
[JsonSerializable(typeof(Events.EventTypeListAnswer))]
[JsonSerializable(typeof(Events.EventTypeReference))]
[JsonSerializable(typeof(Events.RemovedEventTypeAnswer))]
[JsonSerializable(typeof(Events.SentEventAnswer))]
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
