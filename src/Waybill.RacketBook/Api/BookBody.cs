using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Waybill.Books;
using Waybill.RacketBook.Reading;

namespace Waybill.RacketBook.Api;

/// <summary>Reads the body of a request: one JSON object of plain values.</summary>
static class BookBody
{
    const int Largest = 1 << 20;

    static readonly JsonDocumentOptions Options = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    /// <summary>Its fields, or what is wrong with it. An empty body has none.</summary>
    internal static async Task<(Fields Fields, BookProblem? Problem)> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = Largest;
        using var bytes = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
            if (bytes.Length == 0) return (new Fields(), null);
            using var document = JsonDocument.Parse(bytes.ToArray(), Options);
            return (Fields.From(document.RootElement), null);
        }
        catch (BadHttpRequestException large)
        {
            return (new Fields(), new BookProblem(large.StatusCode, "validation_error", $"The request body is larger than {Largest >> 10} KiB."));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return (new Fields(), new BookProblem(400, "validation_error", $"The request body is not JSON that can be read: {wrong.Message}"));
        }
    }
}
