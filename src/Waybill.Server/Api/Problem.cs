using System.Text.Json.Serialization;

namespace Waybill.Server.Api;

/// <summary>
/// An answer of our own routes that says what is wrong (RFC 9457), with a code that stays the same whatever the sentence says.
/// </summary>
internal sealed record Problem(int Status, string Code, string Detail) : IResult
{
    public string Type => "urn:waybill:error:" + Code;

    public string Title => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>What is wrong in particular, where it is more than one thing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Templates.ProblemAnswer>? Problems { get; init; }

    public static Problem From(ApiError error) => new(error.StatusCode, error.Name, error.Message) { Problems = error.Problems };

    public static Problem Invalid(string detail) => new(422, "validation_error", detail);

    public static Problem NotFound(string what) => new(404, "not_found", $"{what} not found");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Features.Set(new ApiError(Status, Code, Detail)); // for the request log
        httpContext.Response.StatusCode = Status;
        return httpContext.Response.WriteAsJsonAsync(
            this, ApiJson.Readable.Problem, "application/problem+json", httpContext.RequestAborted);
    }
}
