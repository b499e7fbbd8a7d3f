using System.Text.Json.Serialization;

namespace Waybill.Server.Api;

/// <summary>An answer of our own routes that says what is wrong: an RFC 9457 problem with a stable code, see docs/errors.md.</summary>
internal sealed record Problem(int Status, string Code, string Detail) : IResult
{
    public static Problem NotFound(string what) => new(404, "not_found", $"{what} not found.");

    public static Problem Invalid(string detail) => new(422, "invalid_field", detail);

    /// <summary>What our own routes share with those of Resend: keys, bodies, paging.</summary>
    public static Problem From(ApiError error) => new(error.StatusCode, error.Name, error.Message);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        var title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(Status);
        return httpContext.Response.WriteAsJsonAsync(
            new ProblemBody($"urn:waybill:error:{Code}", title, Status, Detail, Code),
            ApiJson.Readable.ProblemBody,
            "application/problem+json",
            httpContext.RequestAborted);
    }
}

/// <summary>RFC 9457 §3.1, with the code beside.</summary>
internal sealed record ProblemBody(
    [property: JsonPropertyName("type")] string Type, string Title, int Status, string Detail, string Code);
