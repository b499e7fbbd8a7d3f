using System.Net;
using System.Net.Http.Headers;

namespace Waybill.Engine.Fetching;

/// <summary>What the head of a response says about its body, before any of it is read.</summary>
internal static class ResponseCheck
{
    /// <summary>What is wrong with a response, as the end of a sentence that begins with its URL; null when the body may be read.</summary>
    public static string? Complaint(HttpResponseMessage response, long limit)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400) return $"answered {status}, a redirect, and Waybill follows none: give the URL it leads to.";
        if (response.StatusCode != HttpStatusCode.OK) return $"answered {status} instead of 200.";
        if (IsEncoded(response.Content.Headers.NonValidated, "Content-Encoding", "identity")
            || IsEncoded(response.Headers.NonValidated, "Transfer-Encoding", "chunked"))
            return "is compressed although Waybill asked for plain bytes.";
        return response.Content.Headers.ContentLength > limit ? TooLong(limit) : null;
    }

    public static string TooLong(long limit) => $"is longer than {limit} bytes.";

    /// <summary>The media type, with its charset where that is a plain word: nothing else of the header is worth the trust.</summary>
    public static string ContentType(HttpResponseMessage response) => response.Content.Headers.ContentType switch
    {
        { MediaType: { } type, CharSet: { Length: > 0 } charset } when charset.All(IsWord) => $"{type}; charset={charset}",
        { MediaType: { } type } => type,
        _ => "application/octet-stream",
    };

    static bool IsEncoded(HttpHeadersNonValidated headers, string name, string plain) =>
        headers.TryGetValues(name, out var values) && values.Any(value => !value.Equals(plain, StringComparison.OrdinalIgnoreCase));

    static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
