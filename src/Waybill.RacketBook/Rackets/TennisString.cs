using System.ComponentModel.DataAnnotations.Schema;
using Waybill.Engine.Tenancy;

namespace Waybill.RacketBook.Rackets;

/// <summary>A string of the catalogue.</summary>
public sealed record TennisString
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who wrote it down.</summary>
    [Column("stringer_id")]
    public required TenantId CreatedBy { get; init; }

    /// <summary>Who sees it.</summary>
    public Visibility Visibility { get; init; }

    /// <summary>Maker.</summary>
    public string? Maker { get; init; }

    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>In mm or in US notation.</summary>
    public string? Gauge { get; init; }

    /// <summary>Whether it came from a workbook.</summary>
    public bool IsImported { get; init; }

    /// <summary>Whether it was taken out of the lists; the orders that name it stay.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Maker and model.</summary>
    public string Name => string.IsNullOrWhiteSpace(Maker) ? Model : $"{Maker} {Model}";
}
