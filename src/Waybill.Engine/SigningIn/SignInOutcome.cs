namespace Waybill.Engine.SigningIn;

/// <summary>What an attempt to sign in came to.</summary>
public abstract record SignInOutcome
{
    private SignInOutcome() { }

    /// <summary>Let in.</summary>
    /// <param name="Secret">What the cookie is to hold.</param>
    /// <param name="KnownBy">What the device's cookie is to hold, for the next time.</param>
    public sealed record Entered(string Secret, string KnownBy) : SignInOutcome;

    /// <summary>The password was right; a code is asked for.</summary>
    /// <param name="Secret">What the cookie is to hold meanwhile.</param>
    public sealed record NeedsCode(string Secret) : SignInOutcome;

    /// <summary>Wrong. Whether there is such an account is not told.</summary>
    public sealed record Wrong : SignInOutcome;

    /// <summary>Too many failures for this account from this address: wait a minute.</summary>
    public sealed record Throttled : SignInOutcome;

    /// <summary>Too many codes for this account, from wherever: wait an hour, or use a device that is known.</summary>
    public sealed record CodesThrottled : SignInOutcome;

    /// <summary>Too many people sign in just now: try again in some seconds.</summary>
    public sealed record Busy : SignInOutcome;

    /// <summary>The half session is over, by its time or by five wrong codes: begin with the password.</summary>
    public sealed record Expired : SignInOutcome;
}
