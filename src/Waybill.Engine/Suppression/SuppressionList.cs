using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Suppression;

/// <summary>
/// The addresses that get no more mail, tenant by tenant. Nothing is remembered: what changed holds with the next message.
/// </summary>
public sealed class SuppressionList(IDatabase database, TimeProvider clock)
{
    /// <summary>
    /// Puts addresses on a tenant's list; one that is on it already stays as it is. Gives what is on the list for each, in order.
    /// </summary>
    /// <param name="tenant">Whose list.</param>
    /// <param name="addresses">Which addresses.</param>
    /// <param name="origin">What brought it about.</param>
    /// <param name="stream">The stream that it is about; null: all.</param>
    /// <param name="source">The message that brought it about, when one did.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public Task<IReadOnlyList<SuppressedAddress>> AddAsync(
        TenantId tenant, IReadOnlyList<Address> addresses, SuppressionOrigin origin, string? stream, Guid? source,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var fresh = addresses.Select(address => new SuppressedAddress(
            Guid.CreateVersion7(now), tenant, CanonicalAddress.Of(address), address.ToString(), stream, origin, source, now)).ToList();
        return database.WriteAsync<IReadOnlyList<SuppressedAddress>>(
            "suppress",
            async session =>
            {
                // In one order everywhere, so that two who add the same never wait for each other in a circle.
                await SuppressionRows.AddAsync(session, [.. fresh.OrderBy(one => one.Address, StringComparer.Ordinal)]);
                var known = await SuppressionRows.FindAsync(session, [.. fresh.Select(one => one.Address)], CancellationToken.None);
                return [.. fresh.Select(one => known[(tenant, one.Address)].First(kept => kept.Stream == stream))];
            },
            cancellationToken);
    }

    /// <summary>
    /// A page of a tenant's list, newest first. <paramref name="after"/> continues with older ones, <paramref name="before"/> with newer
    /// ones.
    /// </summary>
    /// <returns>The page, and whether there is more in the direction that was asked for.</returns>
    public async Task<(IReadOnlyList<SuppressedAddress> Page, bool HasMore)> ListAsync(
        TenantId tenant, SuppressionFilter filter, int limit, Guid? after, Guid? before, CancellationToken cancellationToken)
    {
        var (edge, order) = (after, before) switch
        {
            (not null, _) => ("AND id < $3", "DESC"),
            (_, not null) => ("AND id > $3", "ASC"),
            _ => ("", "DESC"),
        };
        var byOrigin = filter.Origin is { } origin ? $"AND origin = '{origin.Word()}'" : "";
        var byText = filter.Pattern is null ? "AND $2 = ''" : "AND address LIKE $2 ESCAPE '!'";
        var found = await database.ReadAsync(
            session => session.QueryAsync(
                $"SELECT {SuppressionRows.Columns} FROM suppressions WHERE tenant_id = $1 {byText} {edge} {byOrigin} ORDER BY id {order} LIMIT {limit + 1}",
                p =>
                {
                    p.Id(tenant.Value).Text(filter.Pattern ?? "");
                    if ((after ?? before) is { } cursor) p.Id(cursor);
                },
                SuppressionRows.Read,
                cancellationToken),
            cancellationToken);
        var page = found.Take(limit).ToList();
        if (order == "ASC") page.Reverse();
        return (page, found.Count > limit);
    }

    /// <summary>What is on a tenant's list under an id or for an address: all streams first, then the oldest.</summary>
    public Task<List<SuppressedAddress>> FindAsync(
        TenantId tenant, SuppressionName name, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync(
            $"SELECT {SuppressionRows.Columns} FROM suppressions WHERE tenant_id = $1 AND {name.Column} = $2 ORDER BY stream, id",
            p => name.Bind(p.Id(tenant.Value)),
            SuppressionRows.Read,
            cancellationToken),
        cancellationToken);

    /// <summary>Takes off a tenant's list what is on it under this id or for this address, and gives it.</summary>
    public Task<List<SuppressedAddress>> RemoveAsync(TenantId tenant, SuppressionName name, CancellationToken cancellationToken) =>
        database.WriteAsync("unsuppress", session => RemoveAsync(session, tenant, name), cancellationToken);

    static ValueTask<List<SuppressedAddress>> RemoveAsync(Session session, TenantId tenant, SuppressionName name) => session.QueryAsync(
        $"DELETE FROM suppressions WHERE tenant_id = $1 AND {name.Column} = $2 RETURNING {SuppressionRows.Columns}",
        p => name.Bind(p.Id(tenant.Value)),
        SuppressionRows.Read,
        CancellationToken.None);

    /// <summary>Takes many off the list, all of them in one unit.</summary>
    public Task<IReadOnlyList<SuppressedAddress>> RemoveManyAsync(
        TenantId tenant, IReadOnlyList<SuppressionName> names, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<SuppressedAddress>>(
            "unsuppress",
            async session =>
            {
                var removed = new List<SuppressedAddress>();
                foreach (var name in names) removed.AddRange(await RemoveAsync(session, tenant, name));
                return removed;
            },
            cancellationToken);

    /// <summary>Which of these addresses get no mail of a stream, and why; none when the stream does not ask.</summary>
    internal Task<IReadOnlyDictionary<string, SuppressedAddress>> StoppedAsync(
        TenantId tenant, string stream, IReadOnlyCollection<string> addresses, CancellationToken cancellationToken) => database.ReadAsync(
        async session => Stopped(
            await SuppressionRows.FindAsync(session, [.. addresses.Select(CanonicalAddress.Of)], cancellationToken), tenant, stream,
            addresses),
        cancellationToken);

    /// <summary>As <see cref="StoppedAsync"/>, from what was found.</summary>
    internal static IReadOnlyDictionary<string, SuppressedAddress> Stopped(
        ILookup<(TenantId Tenant, string Address), SuppressedAddress> found, TenantId tenant, string stream, IEnumerable<string> addresses)
    {
        if (found.Count == 0) return None;
        var stopped = new Dictionary<string, SuppressedAddress>(StringComparer.Ordinal);
        foreach (var address in addresses)
            if (found[(tenant, CanonicalAddress.Of(address))].FirstOrDefault(one => one.Stops(stream)) is { } suppression)
                stopped[address] = suppression;
        return stopped;
    }

    internal static IReadOnlyDictionary<string, SuppressedAddress> None { get; } =
        new Dictionary<string, SuppressedAddress>(StringComparer.Ordinal);
}

/// <summary>Which suppressed addresses are asked for.</summary>
/// <param name="Origin">Brought about by this; null: by whatever.</param>
/// <param name="Text">A part of the address; null: any.</param>
public sealed record SuppressionFilter(SuppressionOrigin? Origin = null, string? Text = null)
{
    /// <summary>The part as SQL looks for it.</summary>
    internal string? Pattern => string.IsNullOrWhiteSpace(Text) ? null : Sought.Within(CanonicalAddress.Of(Sought.Clean(Text)));
}
