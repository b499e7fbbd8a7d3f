namespace Waybill.Engine.Audit;

/// <summary>The words that the audit has for what is done with accounts.</summary>
public static class Acts
{
    /// <summary>Signed in, or tried to.</summary>
    public const string SignIn = "session.begin";

    /// <summary>Gave the code of the second factor, or tried to.</summary>
    public const string Code = "session.code";

    /// <summary>Was told to wait, after too many attempts.</summary>
    public const string Throttled = "session.throttled";

    /// <summary>Signed out.</summary>
    public const string SignOut = "session.end";

    /// <summary>Ended another session.</summary>
    public const string Revoke = "session.revoke";

    /// <summary>Became the first owner.</summary>
    public const string FirstOwner = "people.first-owner";

    /// <summary>Invited somebody.</summary>
    public const string Invite = "people.invite";

    /// <summary>Withdrew an invitation.</summary>
    public const string Withdraw = "people.withdraw";

    /// <summary>Accepted an invitation.</summary>
    public const string Accept = "people.accept";

    /// <summary>Changed somebody's role.</summary>
    public const string ChangeRole = "people.role";

    /// <summary>Removed somebody.</summary>
    public const string Remove = "people.remove";

    /// <summary>Asked for a link to choose a new password.</summary>
    public const string AskReset = "password.ask-reset";

    /// <summary>Made such a link on the command line.</summary>
    public const string MakeResetLink = "password.make-link";

    /// <summary>Chose a new password by such a link.</summary>
    public const string Reset = "password.reset";

    /// <summary>Was asked for the present password once more, and gave a wrong one.</summary>
    public const string Present = "password.present";

    /// <summary>Changed the password.</summary>
    public const string ChangePassword = "password.change";

    /// <summary>Changed name or language.</summary>
    public const string ChangeProfile = "account.change";

    /// <summary>Turned the second factor on.</summary>
    public const string TotpOn = "totp.on";

    /// <summary>Turned the second factor off.</summary>
    public const string TotpOff = "totp.off";

    /// <summary>Made new recovery codes.</summary>
    public const string RecoveryCodes = "totp.recovery-codes";

    /// <summary>Used a recovery code.</summary>
    public const string RecoveryCodeUsed = "totp.recovery-code-used";

    /// <summary>Added a passkey.</summary>
    public const string AddPasskey = "passkey.add";

    /// <summary>Removed a passkey.</summary>
    public const string RemovePasskey = "passkey.remove";

    /// <summary>Signed in by a passkey, or tried to.</summary>
    public const string PasskeyUsed = "session.passkey";

    /// <summary>Was kept out of a page or an act.</summary>
    public const string Refused = "access.refused";
}
