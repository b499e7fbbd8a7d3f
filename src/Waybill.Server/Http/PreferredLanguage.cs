namespace Waybill.Server.Http;

/// <summary>The language that a browser asks for (RFC 9110 §12.5.4).</summary>
internal static class PreferredLanguage
{
    /// <summary>The one of ours that it likes best; the first of ours when it likes none.</summary>
    public static string Of(HttpRequest request, IReadOnlyList<string> ours) =>
        request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality is not 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(
                language => ours.FirstOrDefault(
                    one => one.Equals(language.Value.ToString().Split('-')[0], StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(one => one is not null) ?? ours[0];
}
