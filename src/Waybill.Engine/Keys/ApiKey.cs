using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Keys;

/// <summary>An API key as it is listed; the key itself is nowhere.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Tenant">Whose it is; null: an instance key, which names a tenant in each request.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">About when it was last used, to the minute.</param>
public sealed record ApiKey(
    ApiKeyId Id, TenantId? Tenant, string Name, IReadOnlySet<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt)
{
    /// <summary>Whether the key was given a scope, or all of them.</summary>
    public bool Has(string scope) => Scopes.Contains(scope) || Scopes.Contains(Scope.Full);
}

/// <summary>A key that was just made: the only time that the key itself is seen.</summary>
public sealed record NewApiKey(ApiKey Key, string Secret);

/// <summary>What a key may do.</summary>
public static class Scope
{
    /// <summary>Everything.</summary>
    public const string Full = "full";

    /// <summary>Post messages, and nothing else.</summary>
    public const string Send = "emails:send";

    /// <summary>Read messages, attachments and timelines.</summary>
    public const string Read = "emails:read";

    /// <summary>Publish events, and nothing else.</summary>
    public const string Events = "events:send";

    /// <summary>Decide what becomes of events and messages: streams, routes, event types.</summary>
    public const string Streams = "streams:write";

    /// <summary>Make and revoke keys.</summary>
    public const string Keys = "keys:write";

    /// <summary>Read, write and publish templates.</summary>
    public const string Templates = "templates:write";

    /// <summary>Read and write brands.</summary>
    public const string Brands = "brands:write";

    /// <summary>Make, change, test and remove relays, and see them.</summary>
    public const string Relays = "relays:write";

    /// <summary>Add to and remove from the suppression list.</summary>
    public const string Suppressions = "suppressions:write";

    /// <summary>Use the APIs of the books: read and write what they keep.</summary>
    public const string Books = "books:write";

    /// <summary>Administer the books; it counts in keys of the operator's alone.</summary>
    public const string BooksAdmin = "books:admin";

    /// <summary>Read figures and checks of the whole instance; it counts in keys of the instance alone.</summary>
    public const string Metrics = "metrics:read";

    /// <summary>All that can be given.</summary>
    public static IReadOnlyList<string> All { get; } = [Full, Send, Read, Events, Keys, Templates, Brands, Relays, Suppressions, Streams,
        Books, BooksAdmin, Metrics];
}
