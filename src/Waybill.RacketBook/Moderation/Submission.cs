using System.ComponentModel.DataAnnotations.Schema;
using Waybill.Engine.Tenancy;

namespace Waybill.RacketBook.Moderation;

/// <summary>A proposal to take a stringer's racket or string into the catalogue of all.</summary>
public sealed record Submission
{
    /// <summary>The longest note of who decides.</summary>
    public const int LongestNote = 1_000;

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What is proposed.</summary>
    public required CatalogueKind Kind { get; init; }

    /// <summary>The racket or string.</summary>
    [Column("row_id")]
    public required Guid Row { get; init; }

    /// <summary>Who proposes it.</summary>
    [Column("stringer_id")]
    public required TenantId Stringer { get; init; }

    /// <summary>What they are called.</summary>
    public string StringerName { get; init; } = "";

    /// <summary>What it was called when it was proposed.</summary>
    public required string Label { get; init; }

    /// <summary>Where it stands.</summary>
    public SubmissionStatus Status { get; init; }

    /// <summary>Who decided.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>What they wrote; a rejection has a reason.</summary>
    public string? Notes { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Where a proposal stands. Once decided it stays so; there may be another.</summary>
public enum SubmissionStatus
{
    /// <summary>Waits for an admin.</summary>
    Pending,

    /// <summary>Everybody has it now.</summary>
    Promoted,

    /// <summary>It stays with who proposed it.</summary>
    Rejected,
}

/// <summary>What the catalogue has.</summary>
public enum CatalogueKind
{
    /// <summary>A racket.</summary>
    Racket,

    /// <summary>A string.</summary>
    String,
}

/// <summary>The words for <see cref="CatalogueKind"/>.</summary>
public static class CatalogueKinds
{
    /// <summary>The word in database and API.</summary>
    public static string Word(this CatalogueKind kind) => kind == CatalogueKind.Racket ? "racket" : "string";

    /// <summary>What a word stands for; null: nothing.</summary>
    public static CatalogueKind? Find(string? word) => word switch
    {
        "racket" => CatalogueKind.Racket,
        "string" => CatalogueKind.String,
        _ => null,
    };

    /// <summary>What people call it.</summary>
    public static string Say(this CatalogueKind kind, string locale) => (kind, locale) switch
    {
        (CatalogueKind.Racket, "de") => "Schläger",
        (CatalogueKind.Racket, _) => "Racket",
        (_, "de") => "Saite",
        _ => "String",
    };
}
