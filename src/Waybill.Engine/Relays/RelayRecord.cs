using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Relays;

/// <summary>A relay as it is shown: of its password or API key only whether there is one, and since when.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Tenant">Whose it is; null: the instance's, for every tenant to use.</param>
/// <param name="Name">What people call it; unique within its tenant.</param>
/// <param name="Settings">How it is reached and what it may carry.</param>
/// <param name="SecretSetAt">When its password or API key was set; null: there is none.</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record RelayRecord(
    Guid Id,
    TenantId? Tenant,
    string Name,
    RelaySettings Settings,
    DateTimeOffset? SecretSetAt,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>What becomes of a relay's password or API key when the relay is changed.</summary>
public abstract record SecretChange
{
    private SecretChange() { }

    /// <summary>It stays: a form that leaves it out keeps it.</summary>
    public sealed record Keep : SecretChange;

    /// <summary>It is this from now on.</summary>
    public sealed record Set(string Secret) : SecretChange
    {
        /// <summary>Says nothing of it.</summary>
        public override string ToString() => "Set { }";
    }

    /// <summary>There is none from now on.</summary>
    public sealed record Clear : SecretChange;
}

/// <summary>What came of making, changing or removing a relay.</summary>
public abstract record RelayWrite
{
    private RelayWrite() { }

    /// <summary>Done; so it stands now, or stood when it was removed.</summary>
    public sealed record Done(RelayRecord Relay) : RelayWrite;

    /// <summary>Another relay of the tenant has the name.</summary>
    public sealed record NameTaken : RelayWrite;

    /// <summary>The tenant has no such relay.</summary>
    public sealed record NotFound : RelayWrite;

    /// <summary>Somebody else changed it since it was read.</summary>
    public sealed record Outdated : RelayWrite;

    /// <summary>These brands send by it.</summary>
    public sealed record InUse(IReadOnlyList<string> Brands) : RelayWrite;
}
