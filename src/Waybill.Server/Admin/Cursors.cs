using Waybill.Books.Reading;
using Waybill.Server.Api;

namespace Waybill.Server.Admin;

/// <summary>The links of a list that pages by a cursor.</summary>
internal static class Cursors
{
    /// <summary>Whether there are newer and older ones than those of a page.</summary>
    public static (bool HasNewer, bool HasOlder) Around(ListPage page, bool hasMore) =>
        page.Before is null ? (page.After is not null, hasMore) : (hasMore, true);

    /// <summary>The page that was asked for; a cursor that is none is no reason to show nothing.</summary>
    public static ListPage Read(IQueryCollection query) => Paging.Read(query).Page ?? new(Limit: 0, After: null, Before: null);
}
