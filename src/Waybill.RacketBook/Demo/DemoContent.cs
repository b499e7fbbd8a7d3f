using Waybill.Engine.Acting;
using Waybill.Engine.Audit;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Demo;

/// <summary>What stands in the book for show: people without an address, rackets, strings, and orders in every state.</summary>
sealed class DemoContent
{
    readonly DateTimeOffset now;
    readonly TenantId tenant;
    int made;

    internal DemoContent(TenantId tenant, DateTimeOffset now)
    {
        (this.tenant, this.now) = (tenant, now);
        Scope = new(tenant, new Actor(null, "Demo", ""), tenant.Value, ActorKind.Member, "demo");
        Clients = [Person("Anna", "Muster"), Person("Beat", "Beispiel"), Person("Carla", "Probe"),
            Person("Demo", "") with { IsSelf = true }];
        Rackets = [Racket("Wilson", "Blade 98", 98, "16x19", "45"), Racket("Babolat", "Pure Aero", 100, "16x19", "12"),
            Racket("Head", "Prestige MP", 99, "18x19", null)];
        Strings = [String("Babolat", "RPM Blast", "1.25"), String("Luxilon", "Alu Power", "1.25"), String("Wilson", "NXT", "1.30")];
        Orders =
        [
            Job(0, 0, 0, 24, 23, new(Back(40), Back(38), Back(37), Back(37))), Job(1, 1, 1, 25, 25, new(Back(20), Back(18), Back(16))),
            Job(0, 0, 2, 24, 24, new(Back(12), Back(10), null, Back(9))), Job(2, 2, 0, 22, 22, new(Back(6), Back(3))),
            Job(1, 1, 0, 26, 25, new(Back(4))), Job(2, 2, 1, 23, 22, new(Back(1))), Job(3, 0, 2, 22, 22, new()),
        ];
    }

    internal StringerScope Scope { get; }

    internal IReadOnlyList<Client> Clients { get; }

    internal IReadOnlyList<Racket> Rackets { get; }

    internal IReadOnlyList<TennisString> Strings { get; }

    /// <summary>The oldest first.</summary>
    internal IReadOnlyList<Order> Orders { get; }

    internal static Stringer Stringer(TenantId tenant) => new()
    {
        Id = tenant,
        Email = "demo@racketbook.example",
        Status = StringerStatus.Active,
        Locale = "de",
        DisplayName = "Court Side Strings (Demo)",
        Address = "Beispielweg 1\n8000 Zürich",
        Web = "courtside.example",
        IsDemo = true,
    };

    /// <summary>Nobody has an address: whatever is tried out, no relay is asked to mail somebody who does not exist.</summary>
    Client Person(string first, string last) => new() { Id = New(), Person = new() { Id = New(), FirstName = first, LastName = last } };

    Racket Racket(string maker, string model, decimal size, string pattern, string? serial) =>
        new() { Id = New(), CreatedBy = tenant, Maker = maker, Model = model, HeadSize = size, Pattern = pattern, Serial = serial };

    TennisString String(string maker, string model, string gauge) =>
        new() { Id = New(), CreatedBy = tenant, Maker = maker, Model = model, Gauge = gauge };

    Order Job(int client, int racket, int strings, decimal main, decimal cross, Milestones days) => new()
    {
        Id = New(),
        Stringer = tenant,
        Client = Clients[client].Id,
        Racket = Rackets[racket].Id,
        Main = new() { String = Strings[strings].Id, Tension = main, Price = 10 },
        Cross = new() { String = Strings[strings].Id, Tension = cross, Price = 10 },
        Labour = 25,
        Days = days,
        CreatedAt = now,
    };

    DateOnly Back(int days) => DateOnly.FromDateTime(now.UtcDateTime.Date).AddDays(-days);

    /// <summary>Ids grow with time, and lists are in the order of ids.</summary>
    Guid New() => Guid.CreateVersion7(now.AddMinutes(made++ - 60));
}
