namespace Waybill.Engine.Accounts;

/// <summary>What an attempt to sign in came to.</summary>
public abstract record SignInOutcome
{
    private SignInOutcome() { }

    /// <summary>Let in.</summary>
    /// <param name="Secret">What the cookie is to hold.</param>
    public sealed record Entered(string Secret) : SignInOutcome;

    /// <summary>The password was right; a code is asked for.</summary>
    /// <param name="Secret">What the cookie is to hold meanwhile.</param>
    public sealed record NeedsCode(string Secret) : SignInOutcome;

    /// <summary>Wrong. Whether there is such an account is not told.</summary>
    public sealed record Wrong : SignInOutcome;

    /// <summary>Too many failures for this account from this address: wait a minute.</summary>
    public sealed record Throttled : SignInOutcome;

    /// <summary>The half session is over: begin with the password.</summary>
    public sealed record Expired : SignInOutcome;
}
