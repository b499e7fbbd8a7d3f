using Waybill.Engine.Accounts;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Exports;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Tenancy;
using Person = Waybill.RacketBook.Clients.Person;

namespace Waybill.RacketBook.Importing;

/// <summary>What the stringer's book holds before an import.</summary>
sealed class ImportTarget
{
    const int Page = 1_000;

    readonly Dictionary<string, Client> byEmail = [];
    readonly Dictionary<string, Client> byName = [];

    internal HashSet<Guid> Clients { get; } = [];

    internal Client? Self { get; private set; }

    internal List<Racket> Rackets { get; } = [];

    internal List<TennisString> Strings { get; } = [];

    internal HashSet<Guid> Orders { get; } = [];

    /// <summary>The same without their days: a row may have got another one since it was imported.</summary>
    internal HashSet<UInt128> Undated { get; } = [];

    /// <summary>Names that several clients have.</summary>
    internal HashSet<string> NamesTwice { get; } = [];

    /// <summary>When what has a receipt's number was strung.</summary>
    internal Dictionary<string, DateOnly?> Receipts { get; } = [];

    internal static async ValueTask<ImportTarget> ReadAsync(Session session, StringerScope scope, CancellationToken cancellationToken)
    {
        var (target, rows) = (new ImportTarget(), new ExportRows(session, scope));
        await foreach (var client in rows.ClientsAsync(cancellationToken)) target.Add(client);
        await foreach (var racket in rows.RacketsAsync(cancellationToken)) target.Rackets.Add(racket);
        await foreach (var one in rows.StringsAsync(cancellationToken)) target.Strings.Add(one);
        await target.ReadOrdersAsync(session, scope, cancellationToken);
        return target;
    }

    /// <summary>The client who has this address; else who is called so, unless both have addresses, which then differ.</summary>
    internal Client? Find(Person person)
    {
        if (person.Email is { } email && byEmail.TryGetValue(EmailKey.Of(email), out var known)) return known;
        return byName.TryGetValue(NameKey(person), out var named) && (person.Email is null || named.Person.Email is null) ? named : null;
    }

    internal static string NameKey(Person person) => person.Name.ToLowerInvariant();

    void Add(Client client)
    {
        Clients.Add(client.Id);
        if (client.IsSelf) Self = client;
        if (client.IsSelf || client.IsRemoved) return;
        if (!string.IsNullOrWhiteSpace(client.Person.Email)) byEmail.TryAdd(EmailKey.Of(client.Person.Email), client);
        if (!byName.TryAdd(NameKey(client.Person), client)) NamesTwice.Add(NameKey(client.Person));
    }

    async ValueTask ReadOrdersAsync(Session session, StringerScope scope, CancellationToken cancellationToken)
    {
        for (var (after, count) = (Guid.Empty, Page); count == Page;)
        {
            var page = await session.QueryAsync(
                "SELECT id, receipt_number, strung_at FROM racketbook_orders WHERE stringer_id = $1 AND id > $2 ORDER BY id LIMIT $3",
                p => p.Id(scope.Stringer.Value).Id(after).Number(Page),
                row => (Id: row.Id(0), Number: row.TextOrNull(1), Strung: row.DayOrNull(2)),
                cancellationToken);
            foreach (var (id, number, strung) in page)
            {
                Orders.Add(id);
                Undated.Add(ImportIds.Undated(id));
                if (number is not null) Receipts.Add(number, strung);
            }

            (after, count) = (page.Count > 0 ? page[^1].Id : after, page.Count);
        }
    }
}
