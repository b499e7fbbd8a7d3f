using System.ComponentModel.DataAnnotations.Schema;
using Waybill.Engine.Tenancy;

namespace Waybill.RacketBook.Orders;

/// <summary>One stringing job on one racket. Stringing it again is another order.</summary>
public sealed record Order
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    [Column("stringer_id")]
    public required TenantId Stringer { get; init; }

    /// <summary>For whom.</summary>
    [Column("client_id")]
    public required Guid Client { get; init; }

    /// <summary>Which racket.</summary>
    [Column("racket_id")]
    public required Guid Racket { get; init; }

    /// <summary>The vertical strings.</summary>
    public OrderSide Main { get; init; } = new();

    /// <summary>The horizontal ones.</summary>
    public OrderSide Cross { get; init; } = new();

    /// <summary>How it is strung, e.g. two knots.</summary>
    public string? Method { get; init; }

    /// <summary>For the work, in francs.</summary>
    public decimal? Labour { get; init; }

    /// <summary>The stiffness that was measured afterwards.</summary>
    public decimal? DynamicTension { get; init; }

    /// <summary>What the client is told.</summary>
    public string? Comment { get; init; }

    /// <summary>How far it has come.</summary>
    [Column]
    public Milestones Days { get; init; } = new();

    /// <summary>Minted once, when it is strung for the first time; kept for ever.</summary>
    public string? ReceiptNumber { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public int Version { get; init; } = 1;

    /// <summary>When it was written down.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Labour and the strings that the client did not bring; null where nothing has a price.</summary>
    public decimal? Total
    {
        get
        {
            decimal?[] lines = [Labour, Main.IsClients ? null : Main.Price, Cross.IsClients ? null : Cross.Price];
            return lines.All(line => line is null) ? null : lines.Sum(line => line ?? 0);
        }
    }
}

/// <summary>The strings of one side as they were ordered: one of the catalogue, or what was written down.</summary>
public sealed record OrderSide
{
    /// <summary>The string of the catalogue; null: the words below.</summary>
    [Column("string_id")]
    public Guid? String { get; init; }

    /// <summary>Maker, where no string of the catalogue is named.</summary>
    public string? Maker { get; init; }

    /// <summary>Model, where no string of the catalogue is named.</summary>
    public string? Model { get; init; }

    /// <summary>Gauge, in mm or in US notation; null: as the catalogue says.</summary>
    public string? Gauge { get; init; }

    /// <summary>In kg.</summary>
    public decimal? Tension { get; init; }

    /// <summary>In francs.</summary>
    public decimal? Price { get; init; }

    /// <summary>Whether the client brought it: then its price is not counted.</summary>
    [Column("byo")]
    public bool IsClients { get; init; }

    /// <summary>Colour.</summary>
    public string? Colour { get; init; }
}

/// <summary>The days on which an order went on; null: it has not yet.</summary>
public sealed record Milestones(
    [property: Column("ordered_at")] DateOnly? Ordered = null,
    [property: Column("strung_at")] DateOnly? Strung = null,
    [property: Column("returned_at")] DateOnly? Returned = null,
    [property: Column("paid_at")] DateOnly? Paid = null)
{
    /// <summary>The day of one.</summary>
    public DateOnly? this[Milestone milestone] => milestone switch
    {
        Milestone.Ordered => Ordered,
        Milestone.Strung => Strung,
        Milestone.Returned => Returned,
        Milestone.Paid => Paid,
        _ => throw new System.Diagnostics.UnreachableException($"No day for {milestone}."),
    };

    /// <summary>The same with another day for one.</summary>
    public Milestones With(Milestone milestone, DateOnly? day) => milestone switch
    {
        Milestone.Ordered => this with { Ordered = day },
        Milestone.Strung => this with { Strung = day },
        Milestone.Returned => this with { Returned = day },
        Milestone.Paid => this with { Paid = day },
        _ => throw new System.Diagnostics.UnreachableException($"No day for {milestone}."),
    };

    /// <summary>How an order with these days stands; a self-job is done as soon as it is strung.</summary>
    public OrderState State(bool isSelfJob) => this switch
    {
        { Strung: null, Ordered: null } => OrderState.Draft,
        { Strung: null } => OrderState.Ordered,
        _ when isSelfJob => OrderState.Done,
        { Returned: not null, Paid: not null } => OrderState.Done,
        { Returned: not null } => OrderState.Returned,
        { Paid: not null } => OrderState.Paid,
        _ => OrderState.Strung,
    };
}
