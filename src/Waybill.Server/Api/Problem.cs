using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace Waybill.Server.Api;

/// <summary>An answer of our own routes that says what is wrong (RFC 9457), with a code for programs.</summary>
internal sealed record Problem([property: JsonIgnore] int StatusCode, string Code, string Detail) : IResult
{
    public string Type => "urn:waybill:error:" + Code;

    public string Title => ReasonPhrases.GetReasonPhrase(StatusCode);

    public int Status => StatusCode;

    public static Problem Invalid(string detail) => new(422, "validation_error", detail);

    public static Problem NotFound(string what) => new(404, "not_found", $"{what} not found");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCode;
        return httpContext.Response.WriteAsJsonAsync(this, ApiJson.Readable.Problem, "application/problem+json", httpContext.RequestAborted);
    }
}
