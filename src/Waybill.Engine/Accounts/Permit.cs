using System.Diagnostics;

namespace Waybill.Engine.Accounts;

/// <summary>What can be allowed: one word for each kind of act.</summary>
public enum Permit
{
    /// <summary>See the pages of a tenant.</summary>
    Read,

    /// <summary>See what a message says: preview, source, data.</summary>
    Content,

    /// <summary>Send a test.</summary>
    Send,

    /// <summary>Write and publish templates.</summary>
    Templates,

    /// <summary>Write brands.</summary>
    Brands,

    /// <summary>Make and revoke API keys.</summary>
    Keys,

    /// <summary>Write routes and event types.</summary>
    Routes,

    /// <summary>Retry, release, cancel and resend messages.</summary>
    Messages,

    /// <summary>Add to and remove from the suppression list.</summary>
    Suppressions,

    /// <summary>Set streams.</summary>
    Streams,

    /// <summary>Make, change and test relays.</summary>
    Relays,

    /// <summary>Change what a tenant is called, and its time zone.</summary>
    Settings,

    /// <summary>Read who did what.</summary>
    Audit,

    /// <summary>Invite people, change their roles, remove them.</summary>
    People,

    /// <summary>What belongs to no tenant: health, settings, tenants. Asks for a role in the whole instance.</summary>
    Instance,
}

/// <summary>Which role is the least that a permit asks for.</summary>
public static class Permits
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Permit> All { get; } = Enum.GetValues<Permit>();

    /// <summary>Whether a role allows it.</summary>
    public static bool Allows(this Role role, Permit permit) => role >= permit.LeastRole();

    /// <summary>The least role.</summary>
    public static Role LeastRole(this Permit permit) => permit switch
    {
        Permit.Read or Permit.Content => Role.Viewer,
        Permit.Send or Permit.Templates or Permit.Brands or Permit.Keys or Permit.Routes => Role.Developer,
        Permit.Messages or Permit.Suppressions or Permit.Streams or Permit.Relays or Permit.Settings or Permit.Audit or Permit.Instance =>
            Role.Operator,
        Permit.People => Role.Owner,
        _ => throw new UnreachableException($"No role for {permit}."),
    };
}
