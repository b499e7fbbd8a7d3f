using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Waybill.Books;

/// <summary>
/// An answer of a book's API that says what is wrong (RFC 9457), with a code that stays the same whatever the sentence says.
/// </summary>
public sealed record BookProblem(int Status, string Code, string Detail) : IResult
{
    /// <summary>A URN that names the code.</summary>
    public string Type => "urn:waybill:error:" + Code;

    /// <summary>The words of the status.</summary>
    public string Title => ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>What is wrong with which field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FieldProblem>? Errors { get; init; }

    /// <summary>There is no such thing, or it is somebody else's: both are told alike.</summary>
    public static BookProblem NotFound(string what) => new(404, "not_found", $"{what} not found");

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (httpContext.GetEndpoint()?.Metadata.GetMetadata<Book>()?.ErrorShape is { } shape) return shape(this).ExecuteAsync(httpContext);
        httpContext.Response.StatusCode = Status;
        return httpContext.Response.WriteAsJsonAsync(
            this, BookProblemJson.Readable.BookProblem, "application/problem+json", httpContext.RequestAborted);
    }
}

/// <summary>What is wrong with a field.</summary>
/// <param name="Field">Its name; empty: the whole.</param>
/// <param name="Code">Stays the same whatever the sentence says.</param>
/// <param name="Message">The sentence.</param>
public sealed record FieldProblem(string Field, string Code, string Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BookProblem))]
sealed partial class BookProblemJson : JsonSerializerContext
{
    /// <summary>An apostrophe stays one: the answer is JSON, in no page.</summary>
    public static BookProblemJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
