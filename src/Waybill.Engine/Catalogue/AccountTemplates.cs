using System.Collections.Frozen;

namespace Waybill.Engine.Catalogue;

/// <summary>
/// The templates whose mails make or open accounts. They are sent as they came with the program, and by the instance alone: who may write a
/// tenant's templates could otherwise have the links of other people's accounts sent to themselves.
/// </summary>
public sealed class AccountTemplates(IEnumerable<AccountTemplate> ofBooks)
{
    readonly FrozenSet<string> aliases = ShippedTemplates.OfEngine.Select(shipped => shipped.Alias)
        .Concat(ofBooks.Select(template => template.Alias))
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether an alias is one of theirs.</summary>
    public bool Has(string? alias) => alias is not null && aliases.Contains(alias);

    /// <summary>Why a tenant gets no template of such an alias, and what to do.</summary>
    public static string Sentence(string alias) =>
        $"{alias} is a mail about accounts: Waybill sends it as it came with the program, and no tenant changes or sends it. Duplicate it "
            + $"under an alias of your own.";
}

/// <summary>The alias of a book's template whose mails make or open accounts.</summary>
public sealed record AccountTemplate(string Alias);
