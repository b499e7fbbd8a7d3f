using Waybill.Engine.Accounts;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Importing;

/// <summary>
/// What becomes of a plan in a book: which of its rows are there already, which are new, and under what ids. A pure function of both.
/// </summary>
sealed class ImportPlacement
{
    readonly StringerScope scope;
    readonly ImportTarget target;
    readonly DateTimeOffset now;
    readonly CatalogueMatch catalogue;
    readonly Dictionary<string, Client> byName = [];
    readonly Dictionary<string, Client> byEmail = [];
    readonly HashSet<string> namesTwice = [];

    internal ImportPlacement(StringerScope scope, ImportTarget target, ImportPlan plan, DateTimeOffset now)
    {
        (this.scope, this.target, this.now) = (scope, target, now);
        catalogue = new(target.Rackets, target.Strings);
        Rejected.AddRange(plan.Rejected);
        foreach (var client in plan.Clients) Place(client);
        foreach (var racket in plan.Rackets) Place(racket);
        foreach (var one in plan.Strings) Place(one);
        foreach (var racket in Rackets) catalogue.Add(racket);
        foreach (var one in Strings) catalogue.Add(one);
        foreach (var order in plan.Orders) Place(order);
    }

    internal List<Client> Clients { get; } = [];

    internal List<Racket> Rackets { get; } = [];

    internal List<TennisString> Strings { get; } = [];

    internal List<Order> Orders { get; } = [];

    internal List<RejectedRow> Rejected { get; } = [];

    internal int AlreadyThere { get; private set; }

    /// <summary>What is new.</summary>
    internal ImportCounts Counts => new(Clients.Count, Rackets.Count, Strings.Count, Orders.Count);

    /// <summary>The stringer's own profile, if the book has none yet.</summary>
    internal Client? NewSelf { get; private set; }

    void Place(ImportedClient imported)
    {
        var wanted = imported.Client;
        if (wanted.IsSelf)
        {
            if (target.Self is null) NewSelf ??= Fresh(wanted, imported.Key);
            else AlreadyThere++;
            return;
        }

        var id = ImportIds.Of(scope.Stringer, imported.Key, ImportIds.NoDay);
        var known = target.Clients.Contains(id) ? wanted with { Id = id } : OfSameAddress(wanted) ?? target.Find(wanted.Person);
        if (known is null) Clients.Add(known = Fresh(wanted, imported.Key));
        else AlreadyThere++;
        if (wanted.Person.Email is { } email) byEmail.TryAdd(EmailKey.Of(email), known);
        var name = ImportTarget.NameKey(wanted.Person);
        // the book has several, and the row does not say which
        var isGuessed = wanted.Person.Email is null && target.NamesTwice.Contains(name) && !target.Clients.Contains(id);
        if (isGuessed || (!byName.TryAdd(name, known) && byName[name].Id != known.Id)) namesTwice.Add(name);
    }

    /// <summary>A row above with the same address is the same client.</summary>
    Client? OfSameAddress(Client wanted) => wanted.Person.Email is { } email ? byEmail.GetValueOrDefault(EmailKey.Of(email)) : null;

    /// <summary>Whether nobody can say which of several clients an order's row means.</summary>
    bool IsOfSeveral(ImportedOrder imported) => imported.Client is { } client && ImportTarget.NameKey(client.Person) is var name
        && (namesTwice.Contains(name) || (!byName.ContainsKey(name) && target.NamesTwice.Contains(name)));

    void Place(ImportedRacket imported)
    {
        var fresh = imported.Racket with { Id = ImportIds.Of(scope.Stringer, imported.Key, ImportIds.NoDay), CreatedBy = scope.Stringer };
        if (catalogue.FindSame(fresh) is null) Rackets.Add(fresh);
        else AlreadyThere++;
    }

    void Place(ImportedString imported)
    {
        var fresh = imported.TennisString with
        {
            Id = ImportIds.Of(scope.Stringer, imported.Key, ImportIds.NoDay),
            CreatedBy = scope.Stringer
        };
        if (catalogue.FindSame(fresh) is null) Strings.Add(fresh);
        else AlreadyThere++;
    }

    void Place(ImportedOrder imported)
    {
        var order = imported.Order;
        var id = ImportIds.Of(scope.Stringer, imported.Key, order.Days.Strung ?? order.Days.Ordered ?? ImportIds.NoDay);
        var strung = default(DateOnly?);
        var isNumbered = order.ReceiptNumber is { } number && target.Receipts.TryGetValue(number, out strung);
        if (target.Undated.Contains(ImportIds.Undated(id)) || IsOwn(imported.Key) || (isNumbered && strung == order.Days.Strung))
            AlreadyThere++;
        else if (isNumbered)
            Rejected.Add(new(imported.At, "Receipt No.", new BookFault("receipt_number", "import.receipt-taken", order.ReceiptNumber!)));
        else if (IsOfSeveral(imported))
            Rejected.Add(new(imported.At, "Last name", new BookFault("last_name", "import.name-twice", imported.Client!.Person.Name)));
        else Orders.Add(order with
        {
            Id = id,
            Stringer = scope.Stringer,
            Client = ClientOf(imported),
            Racket = RacketOf(imported.Racket),
            Main = catalogue.Match(order.Main),
            Cross = catalogue.Match(order.Cross),
            CreatedAt = now,
        });
    }

    /// <summary>Whether it is a row of this book's own export.</summary>
    bool IsOwn(string key) =>
        Guid.TryParseExact(key[(key.IndexOf(' ', StringComparison.Ordinal) + 1)..], "D", out var id) && target.Orders.Contains(id);

    Guid ClientOf(ImportedOrder imported)
    {
        if (imported.Client is not { } wanted)
            return (target.Self
                ?? (NewSelf ??= Fresh(new Client { Id = default, Person = new() { Id = default }, IsSelf = true }, "self"))).Id;
        var name = ImportTarget.NameKey(wanted.Person);
        if (byName.TryGetValue(name, out var known)) return known.Id;
        var found = target.Find(wanted.Person);
        if (found is null) Clients.Add(found = Fresh(wanted, $"client {name}"));
        byName.Add(name, found);
        return found.Id;
    }

    Guid RacketOf(Racket wanted)
    {
        if (catalogue.FindMeant(wanted) is { } known) return known.Id;
        var key =
            FormattableString.Invariant($"racket {wanted.Maker}\n{wanted.Model}\n{wanted.HeadSize}\n{wanted.Pattern}\n{wanted.Serial}");
        var fresh = wanted with { Id = ImportIds.Of(scope.Stringer, key, ImportIds.NoDay), CreatedBy = scope.Stringer };
        Rackets.Add(fresh);
        catalogue.Add(fresh);
        return fresh.Id;
    }

    Client Fresh(Client wanted, string key) => wanted with
    {
        Id = ImportIds.Of(scope.Stringer, key, ImportIds.NoDay),
        Person = wanted.Person with { Id = ImportIds.Of(scope.Stringer, "person " + key, ImportIds.NoDay) },
    };
}
