using Waybill.Engine.Brands;
using Waybill.Engine.Journal;
using Waybill.Engine.Routing;
using Waybill.Engine.Tenancy;

namespace Waybill.Server.Admin.Messages;

/// <summary>Reads a search with the brands and streams that there are.</summary>
internal sealed class QueryReader(StreamTable streams, BrandBook book)
{
    /// <summary>What a search means in a tenant.</summary>
    /// <param name="tenant">Whose messages are sought.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="now">What <c>7d</c> is reckoned from.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<AskedMessages> ReadAsync(TenantId tenant, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var names = streams.All.Select(stream => stream.Name).ToList();
        var query = MessageQuery.Read(text, names, now);
        var brands = await book.ListAsync(tenant, cancellationToken);
        var brand = query.Brand is { } named ? brands.FirstOrDefault(one => one.Alias == named || one.Id.ToString() == named) : null;
        if (query.Brand is not null && brand is null) query.Fault("filter.fault.brand", query.Brand);
        return new(query, query.Filter with { Brand = brand?.Id.Value }, names, [.. brands.Select(one => one.Alias)]);
    }
}

/// <summary>A search that was read.</summary>
/// <param name="Query">What it says, and what of it makes no sense.</param>
/// <param name="Filter">What it means.</param>
/// <param name="Streams">The streams that there are.</param>
/// <param name="Brands">The tenant's brands.</param>
internal sealed record AskedMessages(MessageQuery Query, MessageFilter Filter, IReadOnlyList<string> Streams, IReadOnlyList<string> Brands)
{
    /// <summary>Whether something in it makes no sense.</summary>
    public bool IsFaulty => Query.Faults.Count > 0;
}
