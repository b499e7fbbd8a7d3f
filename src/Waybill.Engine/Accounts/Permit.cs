namespace Waybill.Engine.Accounts;

/// <summary>What somebody may do in a tenant, or with the instance.</summary>
public enum Permit
{
    /// <summary>See what there is, without what messages say.</summary>
    Read,

    /// <summary>See what a message says: preview, source, data.</summary>
    Content,

    /// <summary>Send a test.</summary>
    Send,

    /// <summary>Write and publish templates.</summary>
    Templates,

    /// <summary>Keep brands.</summary>
    Brands,

    /// <summary>Make and revoke API keys.</summary>
    Keys,

    /// <summary>Retry, release, cancel and resend messages.</summary>
    Messages,

    /// <summary>Keep the suppression list.</summary>
    Suppressions,

    /// <summary>Set streams.</summary>
    Streams,

    /// <summary>Keep relays.</summary>
    Relays,

    /// <summary>Invite people and give them roles.</summary>
    People,

    /// <summary>Read who did what.</summary>
    Audit,

    /// <summary>Run the instance: its settings, tenants and health.</summary>
    Instance,
}
