using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Waybill.Books.Reading;
using Waybill.Screens.Texts;

namespace Waybill.Books.Answering;

/// <summary>How a book's API reads a body and answers.</summary>
/// <param name="texts">The sentences of its faults.</param>
/// <param name="json">Its answers.</param>
public sealed class ApiAnswers(Wording texts, JsonSerializerContext json)
{
    const int LargestBody = 1 << 20;

    static readonly JsonDocumentOptions Plain = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    /// <summary>Reads the body, one JSON object of plain values, and acts on it. Faults are answered, all of them at once.</summary>
    public async Task<IResult> ReadAsync<T>(HttpContext context, Func<Fields, T> read, Func<T, Task<IResult>> act)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = LargestBody;
        using var bytes = new MemoryStream();
        Fields fields;
        try
        {
            await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
            fields = bytes.Length == 0 ? Fields.None() : Fields.From(JsonElement.Parse(bytes.ToArray(), Plain));
        }
        catch (BadHttpRequestException large)
        {
            return new BookProblem(large.StatusCode, "validation_error", $"The request body is larger than {LargestBody >> 10} KiB.");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return new BookProblem(400, "validation_error", $"The request body is not JSON that can be read: {wrong.Message}");
        }

        var asked = read(fields);
        return fields.Judged() is { Count: > 0 } faults ? Refuse(faults) : await act(asked);
    }

    /// <summary>Reads which part of a list is asked for, and answers it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="find">Finds as many as it is told to, the first after the page's.</param>
    /// <param name="shape">One of them as the API shows it.</param>
    public async Task<IResult> ListAsync<T, TAnswer>(HttpContext context, Func<ListPage, int, Task<List<T>>> find, Func<T, TAnswer> shape)
    {
        var (page, fault) = ListPage.Read(context.Request.Query, goesBack: false);
        if (page is null) return Refuse([fault!]);
        var found = await find(page, page.Limit + 1);
        return List(found.Take(page.Limit).Select(shape), found.Count > page.Limit);
    }

    /// <summary>A list.</summary>
    public IResult List<TAnswer>(IEnumerable<TAnswer> data, bool hasMore = false) => Json(new ListAnswer<TAnswer>([.. data], hasMore));

    /// <summary>An answer.</summary>
    public IResult Json<TAnswer>(TAnswer answer, int status = 200) =>
        Results.Json(answer, (JsonTypeInfo<TAnswer>)json.GetTypeInfo(typeof(TAnswer))!, statusCode: status);

    /// <summary>An answer with the version that <c>If-Match</c> may name.</summary>
    public IResult Json<TAnswer>(HttpContext context, TAnswer answer, int version, int status = 200)
    {
        Tag(context, version);
        return Json(answer, status);
    }

    /// <summary>What was saved as it is now, or why it was not.</summary>
    public IResult Of<T>(HttpContext context, Saving<T> saving, string what, Func<T, int> version, Func<T, IResult> answer)
    {
        if (saving is not Saving<T>.Done(var value)) return saving switch
        {
            Saving<T>.Missing => BookProblem.NotFound(what),
            Saving<T>.Stale => Stale(),
            Saving<T>.Refused(var faults, var isConflict) => Refuse(faults, isConflict),
            _ => throw new UnreachableException($"No answer for {saving.GetType().Name}."),
        };
        Tag(context, version(value));
        return answer(value);
    }

    /// <summary>What is wrong with what was sent.</summary>
    public BookProblem Refuse(IReadOnlyList<FieldFault> faults, bool isConflict = false)
    {
        var told = string.Join(
            " ", faults.Select(fault => fault.Field.Length == 0 ? fault.Say(texts) : $"{fault.Field}: {fault.Say(texts)}"));
        var problem = isConflict ? new BookProblem(409, "conflict", told) : new BookProblem(422, "validation_error", told);
        return problem with { Errors = [.. faults.Select(fault => new FieldProblem(fault.Field, fault.Code, fault.Say(texts)))] };
    }

    /// <summary>What is wrong with a word of the query; null: it is one of these, or not there.</summary>
    public BookProblem? Odd(HttpRequest request, string name, params string[] words) =>
        request.Query[name].ToString() is { Length: > 0 } word && !words.Contains(word)
            ? Refuse([new(name, "choice.odd", word.Length > 60 ? word[..60] + "…" : word, string.Join(", ", words))])
            : null;

    /// <summary>Somebody else changed it since it was read.</summary>
    public static BookProblem Stale() =>
        new(412, "changed_meanwhile", "Somebody else changed it since you read it; nothing was overwritten. Read it again.");

    /// <summary>The version that <c>If-Match</c> names; null: any. One that is no number matches nothing.</summary>
    public static int? Expected(HttpContext context) => context.Request.Headers.IfMatch.ToString() is { Length: > 0 } header and not "*"
        ? int.TryParse(header.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1
        : null;

    static void Tag(HttpContext context, int version) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
