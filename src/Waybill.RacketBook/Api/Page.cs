using System.Globalization;
using Microsoft.AspNetCore.Http;
using Waybill.RacketBook.Faults;

namespace Waybill.RacketBook.Api;

/// <summary>Which part of a list is asked for: <c>limit</c> (1 to 100, else 20) and <c>after</c>, the id of the last that was seen.</summary>
sealed record Page(int Limit, Guid? After)
{
    const int Usual = 20;
    const int Most = 100;

    /// <summary>Reads it, or says what is wrong with it.</summary>
    internal static (Page Page, BookFault? Fault) Read(HttpRequest request)
    {
        var (limit, after) = (request.Query["limit"].ToString(), request.Query["after"].ToString());
        var count = Usual;
        if (limit.Length > 0 && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > Most))
            return (new(Usual, null), new("limit", "number.range", 1, Most, limit.Length > 40 ? limit[..40] : limit));
        if (after.Length == 0) return (new(count, null), null);
        return Guid.TryParseExact(after, "D", out var id) ? (new(count, id), null) : (new(count, null), new("after", "id.odd", after.Length > 40 ? after[..40] : after));
    }
}
