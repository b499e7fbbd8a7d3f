using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Receipts;

namespace Waybill.RacketBook.Stringers;

/// <summary>Somebody who strings rackets for others: a tenant, and the business on its receipts.</summary>
public sealed record Stringer
{
    /// <summary>The longest name that a receipt has room for.</summary>
    public const int LongestName = 80;

    /// <summary>Their tenant.</summary>
    public required TenantId Id { get; init; }

    /// <summary>Where they are invited and sign in.</summary>
    public required string Email { get; init; }

    /// <summary>Whether they administer the book of all.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>How far they have come.</summary>
    public StringerStatus Status { get; init; }

    /// <summary><c>en</c> or <c>de</c>: of their pages, and of receipts for clients whose language is not known.</summary>
    public required string Locale { get; init; }

    /// <summary>At the head of every receipt.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The postal address, in lines.</summary>
    public string? Address { get; init; }

    /// <summary>The telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The web address.</summary>
    public string? Web { get; init; }

    /// <summary>Where clients write to.</summary>
    public string? BusinessEmail { get; init; }

    /// <summary>What the work costs unless an order says otherwise.</summary>
    public decimal Labour { get; init; } = 25;

    /// <summary>Names the blob of the logo, PNG or JPEG; null: the name stands in its place.</summary>
    public Guid? Logo { get; init; }

    /// <summary>Whether it came with the demo, and goes with it.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What a receipt says of the business.</summary>
    public Business Business() => new(DisplayName, [.. Lines()]);

    IEnumerable<string> Lines() => (Address ?? "").Split('\n').Append(Phone).Append(BusinessEmail).Append(Web)
        .Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line!.Trim());
}

/// <summary>How far a stringer has come.</summary>
public enum StringerStatus
{
    /// <summary>Asked to join.</summary>
    Invited,

    /// <summary>At work.</summary>
    Active,

    /// <summary>May not work any more.</summary>
    Disabled,
}
