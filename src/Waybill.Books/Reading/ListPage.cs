using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Waybill.Books.Reading;

/// <summary>The part of a list that is asked for: <c>limit</c> 1 to 100 (20), and either <c>after</c> or <c>before</c> an id.</summary>
public sealed record ListPage(int Limit, Guid? After, Guid? Before = null)
{
    const int Standard = 20;
    const int Most = 100;

    /// <summary>Reads it, or says what is wrong with it.</summary>
    /// <param name="query">The parameters.</param>
    /// <param name="goesBack">Whether the list has pages <c>before</c> an id too; else that parameter is none of it.</param>
    public static (ListPage? Page, FieldFault? Fault) Read(IQueryCollection query, bool goesBack = true)
    {
        var (limit, count) = (query["limit"].ToString(), Standard);
        if (limit.Length > 0
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > Most))
            return (null, new("limit", "number.range", 1, Most, Cut(limit)));
        if (!TryId(query, "after", out var after, out var fault)) return (null, fault);
        if (!goesBack) return (new(count, after), null);
        if (!TryId(query, "before", out var before, out fault)) return (null, fault);
        return after is null || before is null ? (new(count, after, before), null) : (null, new("", "page.both"));
    }

    static bool TryId(IQueryCollection query, string name, out Guid? id, out FieldFault? fault)
    {
        (id, fault) = (null, null);
        if (query[name].ToString() is not { Length: > 0 } text) return true;
        if (Guid.TryParseExact(text, "D", out var parsed)) id = parsed;
        else fault = new(name, "id.odd", Cut(text));
        return fault is null;
    }

    static string Cut(string text) => text.Length > 40 ? text[..40] : text;
}
