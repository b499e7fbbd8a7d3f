using System.ComponentModel.DataAnnotations.Schema;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Receipts;

namespace Waybill.RacketBook.Rackets;

/// <summary>A racket: a model of the catalogue, or the one that belongs to a client.</summary>
public sealed record Racket
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who wrote it down.</summary>
    [Column("stringer_id")]
    public required TenantId CreatedBy { get; init; }

    /// <summary>Who sees it.</summary>
    public Visibility Visibility { get; init; }

    /// <summary>The client that a one-off belongs to.</summary>
    [Column("owner_client_id")]
    public Guid? OwnerClient { get; init; }

    /// <summary>Maker.</summary>
    public string? Maker { get; init; }

    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>In square inches.</summary>
    public decimal? HeadSize { get; init; }

    /// <summary>E.g. 16x19.</summary>
    public string? Pattern { get; init; }

    /// <summary>Which of several alike.</summary>
    public string? Serial { get; init; }

    /// <summary>Whether it came from a workbook.</summary>
    public bool IsImported { get; init; }

    /// <summary>Whether it was taken out of the lists; the orders that name it stay.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public int Version { get; init; } = 1;

    /// <summary>As a receipt prints it.</summary>
    public RacketFacts Facts() => new(Maker, Model, HeadSize, Pattern, Serial);
}
