namespace Waybill.Engine.Accounts;

/// <summary>A passkey as it is listed.</summary>
/// <param name="Id">Its id here; it is not the authenticator's.</param>
/// <param name="Name">What the person calls it.</param>
/// <param name="IsBackedUp">Whether it is in more places than one, as the authenticator last said.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="UsedAt">When somebody last signed in by it; null: never.</param>
public sealed record Passkey(Guid Id, string Name, bool IsBackedUp, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt)
{
    /// <summary>Of a name, in characters.</summary>
    public const int LongestName = 100;

    /// <summary>Of one person.</summary>
    public const int Most = 20;
}

/// <summary>Where passkeys are made for: they work at this address and no other.</summary>
/// <param name="Public">Where people open the pages; null: on this machine alone.</param>
/// <param name="Listening">The addresses that the server listens on; they count where there is no public one.</param>
public sealed record PasskeySite(Uri? Public, Func<IEnumerable<string>> Listening)
{
    const string Local = "localhost";

    /// <summary>What the browser holds against its own address.</summary>
    public string Domain => Public?.IdnHost ?? Local;

    /// <summary>Whether browsers make passkeys for it: not for an IP address, and not over plain HTTP but on the machine itself.</summary>
    public bool IsPossible =>
        Public is null || (Public.HostNameType == UriHostNameType.Dns && (Public.Scheme == Uri.UriSchemeHttps || Domain == Local));

    /// <summary>
    /// Whether an answer that was given there is one for us: scheme, host and port are ours, as browsers write them, and nothing follows.
    /// </summary>
    public bool Has(string origin) => Public is not null ? origin == Written(Public.Scheme, Public.IdnHost, Public.Port)
        : Listening()
            .Select(address => Uri.TryCreate(address, UriKind.Absolute, out var here) ? Written(here.Scheme, Local, here.Port) : null)
            .Contains(origin);

    static string Written(string scheme, string host, int port) => new UriBuilder(scheme, host, port).Uri.GetLeftPart(UriPartial.Authority);
}

/// <summary>What came of asking to add a passkey.</summary>
public abstract record PasskeyAsking
{
    private PasskeyAsking() { }

    /// <summary>The authenticator is to answer.</summary>
    /// <param name="Options">For the browser, as JSON.</param>
    /// <param name="Secret">What the cookie is to hold until it is answered.</param>
    public sealed record Asked(string Options, string Secret) : PasskeyAsking;

    /// <summary>It is not to be asked.</summary>
    public sealed record Refused(IReadOnlyList<AccountFault> Faults) : PasskeyAsking;
}
