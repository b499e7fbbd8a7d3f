using Waybill.Engine.Accounts;
using Waybill.Screens.Texts;

namespace Waybill.Screens.Framing;

/// <summary>What every page and part knows of its visitor, handed down as a cascading value.</summary>
public sealed record PageFrame
{
    /// <summary>The page's path and query, as they were asked for.</summary>
    public required string Path { get; init; }

    /// <summary>Where the page can be asked for again.</summary>
    public string Return { get; init; } = "";

    /// <summary><c>en</c> or <c>de</c>.</summary>
    public string Locale { get; init; } = Wording.English;

    /// <summary><c>system</c>, <c>light</c> or <c>dark</c>.</summary>
    public string Theme { get; init; } = "system";

    /// <summary>Now: what "2 min ago" is reckoned from.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Who is signed in; null: nobody.</summary>
    public string? PersonName { get; init; }

    /// <summary>The tenant that the page is about; null: none.</summary>
    public string? TenantName { get; init; }

    /// <summary>The tenants that the visitor may open, by name.</summary>
    public IReadOnlyList<string> Tenants { get; init; } = [];

    /// <summary>Whether the visitor may do something here: what nobody may do, is not shown.</summary>
    public Func<Permit, bool> May { get; init; } = _ => false;

    /// <summary>The antiforgery token that every form carries.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>What was done just now, said once.</summary>
    public Notice? Notice { get; init; }

    /// <summary>Where the visitor can go.</summary>
    public IReadOnlyList<NavigationGroup> Navigation { get; init; } = [];

    /// <summary>The address of a further stylesheet; null: none.</summary>
    public string? Stylesheet { get; init; }

    /// <summary>The address of a further script, an ES module; null: none.</summary>
    public string? Script { get; init; }

    /// <summary>The text of a key in the visitor's language.</summary>
    public string T(string key, params object?[] arguments) => Wording.Of(Locale).Say(key, arguments);

    /// <summary>The text of a key that counts: <c>key.one</c> for 1, <c>key.other</c> for all else; <c>{0}</c> is the count.</summary>
    public string Count(string key, long count) => T(key + (count == 1 ? ".one" : ".other"), count);

    /// <summary>A path below the tenant's, as in <c>InTenant("messages")</c>.</summary>
    public string InTenant(string path) => $"/admin/t/{TenantName}/{path}";
}
