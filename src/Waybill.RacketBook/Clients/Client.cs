namespace Waybill.RacketBook.Clients;

/// <summary>A human, who belongs to no stringer, and holds the only address.</summary>
public sealed record Person
{
    /// <summary>The longest of a first or last name.</summary>
    public const int LongestName = 100;

    /// <summary>Their id.</summary>
    public required Guid Id { get; init; }

    /// <summary>First name; may be empty.</summary>
    public string FirstName { get; init; } = "";

    /// <summary>Last name; may be empty where the first is not.</summary>
    public string LastName { get; init; } = "";

    /// <summary>Where receipts go; null: nowhere. It is kept as it was typed, even if it is no address.</summary>
    public string? Email { get; init; }

    /// <summary><c>en</c> or <c>de</c>; null: the stringer's.</summary>
    public string? Locale { get; init; }

    /// <summary>Both names.</summary>
    public string Name => string.Join(' ', new[] { FirstName, LastName }.Where(part => part.Length > 0));
}

/// <summary>One stringer's view of a person.</summary>
public sealed record Client
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who it is.</summary>
    public required Person Person { get; init; }

    /// <summary>What the stringer calls them.</summary>
    public string? Nickname { get; init; }

    /// <summary>For the stringer's eyes.</summary>
    public string? InternalNotes { get; init; }

    /// <summary>What tension they like, for the stringer's eyes.</summary>
    public string? TensionMemo { get; init; }

    /// <summary>Whether it is the stringer: orders of theirs are self-jobs.</summary>
    public bool IsSelf { get; init; }

    /// <summary>Whether it was removed; its orders stay.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public int Version { get; init; } = 1;
}
