using Waybill.Engine.Audit;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Accounts;

/// <summary>A person with their credentials, as ASP.NET Core Identity changes it; it lives for one act.</summary>
internal sealed class Account
{
    readonly List<Func<Session, ValueTask>> along = [];
    readonly List<Func<Session, ValueTask>> last = [];

    public required PersonId Id { get; init; }

    public string Email { get; set; } = "";

    public string EmailKey { get; set; } = "";

    public string Name { get; set; } = "";

    public string Language { get; set; } = "";

    public string? PasswordHash { get; set; }

    public string Stamp { get; set; } = "";

    /// <summary>The authenticator's key, sealed with the master key; null: no second factor.</summary>
    public byte[]? SealedKey { get; set; }

    public long TotpStep { get; set; }

    public long Version { get; set; }

    /// <summary>What is written in the same unit as the account: the audit, a link that is used up, a membership.</summary>
    public IReadOnlyList<Func<Session, ValueTask>> Along => [.. along, .. last];

    /// <summary>Writes what goes along where the account itself is not changed.</summary>
    public async ValueTask WriteAlongAsync(Session session)
    {
        foreach (var further in Along) await further(session);
    }

    public Person Person => new(Id, Email, Name, Language, SealedKey is not null);

    public Account With(Func<Session, ValueTask> further)
    {
        along.Add(further);
        return this;
    }

    /// <summary>As <see cref="With"/>, after all that is written otherwise: the audit, which other units wait for.</summary>
    public Account Finally(Func<Session, ValueTask> further)
    {
        last.Add(further);
        return this;
    }
}

/// <summary>Thrown inside of an account's unit by what goes along with it: nothing of the unit is kept, and this is why.</summary>
internal sealed class NotThisTimeException(string code) : Exception(code)
{
    public string Code => Message;
}
