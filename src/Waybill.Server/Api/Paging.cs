using System.Globalization;

namespace Waybill.Server.Api;

/// <summary>A page that was asked for: <c>limit</c> 1 to 100 (20), and either <c>after</c> or <c>before</c> an id.</summary>
internal sealed record Paging(int Limit, Guid? After, Guid? Before)
{
    const int Standard = 20;
    const int Most = 100;

    public static (Paging? Page, ApiError? Error) Read(IQueryCollection query)
    {
        var limit = Standard;
        if (query["limit"].ToString() is { Length: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > Most))
            return (null, ApiError.Invalid($"The `limit` parameter must be a whole number between 1 and {Most}."));
        if (!TryId(query["after"], out var after)) return (null, NotAnId("after"));
        if (!TryId(query["before"], out var before)) return (null, NotAnId("before"));
        if (after is not null && before is not null) return (null, ApiError.Invalid("Give either `after` or `before`, not both."));
        return (new(limit, after, before), null);
    }

    static ApiError NotAnId(string parameter) => ApiError.Invalid($"The `{parameter}` parameter must be an id from a list.");

    static bool TryId(string? text, out Guid? id)
    {
        id = null;
        if (string.IsNullOrEmpty(text)) return true;
        var parsed = Guid.TryParseExact(text, "D", out var value);
        id = value;
        return parsed;
    }
}
