using System.Diagnostics.CodeAnalysis;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Tenancy;

/// <summary>
/// The domains that a tenant may send from by the relays of the instance: <c>example.org</c> is that one domain, <c>*.example.org</c> all
/// below it, <c>*</c> every one.
/// </summary>
public sealed record SenderGrant
{
    const string Everything = "*";
    const string Below = "*.";

    /// <summary>Of entries.</summary>
    public const int Most = 100;

    SenderGrant(IReadOnlyList<string> domains) => Domains = domains;

    /// <summary>Every domain: what the first tenant has, which is the operator's own, until it is set.</summary>
    public static SenderGrant All { get; } = new([Everything]);

    /// <summary>No domain: what every other tenant has until it is set.</summary>
    public static SenderGrant None { get; } = new([]);

    /// <summary>The entries as they are kept: in lower case and A-labels, each once.</summary>
    public IReadOnlyList<string> Domains { get; }

    /// <summary>Whether every domain is granted.</summary>
    public bool IsAll => Domains.Contains(Everything, StringComparer.Ordinal);

    /// <summary>Whether an address may be sent from.</summary>
    public bool Covers(Address sender) =>
        Domains.Any(entry => entry == Everything || entry == sender.Domain || IsAbove(entry, sender.Domain));

    /// <summary>Reads entries as people write them: in any case, in U-labels, with a dot at the end.</summary>
    /// <param name="entries">At most <see cref="Most"/>.</param>
    /// <param name="grant">What they grant.</param>
    /// <param name="wrong">Otherwise the first that is none, or one too many, safe to show.</param>
    public static bool TryRead(IEnumerable<string> entries, [NotNullWhen(true)]
        out SenderGrant? grant, [NotNullWhen(false)] out string? wrong)
    {
        var domains = new List<string>();
        (grant, wrong) = (null, null);
        foreach (var entry in entries)
        {
            if (Read(entry.Trim()) is not { } domain || domains.Count == Most)
            {
                wrong = Shown(entry);
                return false;
            }

            if (!domains.Contains(domain, StringComparer.Ordinal)) domains.Add(domain);
        }

        grant = new(domains);
        return true;
    }

    /// <summary>As it is kept.</summary>
    internal string Pack() => string.Join(' ', Domains);

    /// <summary>As it was kept.</summary>
    internal static SenderGrant Unpack(string kept) => new(kept.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Two are equal when they grant the same.</summary>
    public bool Equals(SenderGrant? other) => other is not null && Domains.SequenceEqual(other.Domains, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Domains.Count;

    /// <summary>As people read it.</summary>
    public override string ToString() => string.Join(", ", Domains);

    static string? Read(string entry)
    {
        if (entry == Everything) return entry;
        var isBelow = entry.StartsWith(Below, StringComparison.Ordinal);
        var name = isBelow ? entry[Below.Length..] : entry;
        if (name.EndsWith('.')) name = name[..^1];
        return Address.TryParse("postmaster@" + name, out var address, out _) && !address.Domain.StartsWith('[')
            ? (isBelow ? Below : "") + address.Domain
            : null;
    }

    static bool IsAbove(string entry, string domain) =>
        entry.StartsWith(Below, StringComparison.Ordinal) && domain.Length >= entry.Length
            && domain.EndsWith(entry[1..], StringComparison.Ordinal);

    static string Shown(string entry) =>
        new(
            [.. entry.Take(80)
                .Select(
                    c => char.IsControl(c) || char.IsSurrogate(c)
                        || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format ? '?' : c)]);
}
