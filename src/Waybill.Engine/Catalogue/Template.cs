using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Catalogue;

/// <summary>A template with what it says now: its draft when it has one, else what is published.</summary>
public sealed record Template
{
    /// <summary>Its id.</summary>
    public required TemplateId Id { get; init; }

    /// <summary>Whose it is; <see cref="TenantId.Everybody"/>: shipped with the program.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>How applications name it; null: by its id.</summary>
    public string? Alias { get; init; }

    /// <summary>How people call it.</summary>
    public required string Name { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When its published version was; null: none is.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The version that <see cref="Content"/> is of.</summary>
    public required Guid VersionId { get; init; }

    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Whether that version is a draft.</summary>
    public required bool IsDraft { get; init; }

    /// <summary>Changes with the content: who edits names the one that he read.</summary>
    public required string ContentTag { get; init; }

    /// <summary>The shipped version that it was made from; null: it stands by itself.</summary>
    public Guid? BasedOn { get; init; }

    /// <summary>Whether the shipped one has changed since.</summary>
    public bool HasUpdate { get; init; }

    /// <summary>What it says.</summary>
    public required TemplateContent Content { get; init; }

    /// <summary>Whether it came with the program.</summary>
    public bool IsShipped => Tenant == TenantId.Everybody;
}

/// <summary>A template in a list.</summary>
public sealed record TemplateRow(
    TemplateId Id, TenantId Tenant, string? Alias, string Name, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    DateTimeOffset? PublishedAt, bool HasDraft)
{
    /// <summary>The number of its published version; null: none is.</summary>
    public int? PublishedNumber { get; init; }

    /// <summary>The shipped version that it was made from; null: it stands by itself.</summary>
    public Guid? BasedOn { get; init; }

    /// <summary>Whether the shipped one has changed since.</summary>
    public bool HasUpdate { get; init; }

    /// <summary>Whether it came with the program.</summary>
    public bool IsShipped => Tenant == TenantId.Everybody;

    /// <summary>Whether it is put into others: <c>{{> closing}}</c> is <c>partial.closing</c>.</summary>
    public bool IsPartial => Alias?.StartsWith(PartialIntake.Prefix, StringComparison.Ordinal) ?? false;
}

/// <summary>A template that puts a partial in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its alias, or its name where it has none.</param>
public sealed record PartialUser(TemplateId Id, string Name);

/// <summary>One version in a template's history.</summary>
public sealed record TemplateVersionRow(Guid Id, int Number, bool IsDraft, DateTimeOffset CreatedAt, DateTimeOffset? PublishedAt);
