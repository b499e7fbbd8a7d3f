using System.Diagnostics.CodeAnalysis;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Blobs;

/// <summary>
/// Names a blob: whose it is, of what kind, and which. Keys are made here and never of what somebody sent, so that none can lead out of
/// the store: a file's own name is kept by whoever keeps the key.
/// </summary>
public readonly record struct BlobKey
{
    const int LongestKind = 32;

    /// <summary>Names a blob.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="kind">What it is for: 1 to 32 lower-case letters and hyphens, the book that keeps it first, as in
    /// <c>racketbook-logos</c>.</param>
    /// <param name="id">Which; a version 7 UUID.</param>
    /// <exception cref="ArgumentException">It is nobody's, or there is no such kind.</exception>
    public BlobKey(TenantId tenant, string kind, Guid id)
    {
        if (tenant == TenantId.Everybody) throw new ArgumentException("A blob is some tenant's.", nameof(tenant));
        if (!IsKind(kind))
            throw new ArgumentException($"A kind of blobs has 1 to {LongestKind} lower-case letters and hyphens.", nameof(kind));
        (Tenant, Kind, Id) = (tenant, kind, id);
    }

    /// <summary>Whose it is.</summary>
    public TenantId Tenant { get; }

    /// <summary>What it is for.</summary>
    public string Kind { get; }

    /// <summary>Which.</summary>
    public Guid Id { get; }

    /// <summary>Reads what <see cref="ToString"/> wrote, and nothing else.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out BlobKey? key)
    {
        key = null;
        if (text.Split('/') is not [var tenant, var kind, var id] || !IsKind(kind)) return false;
        if (!Guid.TryParseExact(tenant, "D", out var whose) || !Guid.TryParseExact(id, "D", out var which)
            || whose == TenantId.Everybody.Value) return false;
        var read = new BlobKey(new(whose), kind, which);
        if (read.ToString() != text) return false; // letters of the other case
        key = read;
        return true;
    }

    /// <summary>The key as a store has it: tenant, kind and id, with slashes between them.</summary>
    public override string ToString() => $"{Tenant.Value:D}/{Kind}/{Id:D}";

    static bool IsKind(string text) =>
        text.Length is > 0 and <= LongestKind && text.All(letter => char.IsAsciiLetterLower(letter) || letter == '-');
}
