using Microsoft.AspNetCore.Identity;

namespace Waybill.Engine.Accounts;

/// <summary>What is wrong with what was asked for: a code that pages have a sentence for, and the field it belongs to.</summary>
/// <param name="Field">The field of the form: <c>email</c>, <c>name</c>, <c>password</c>, …; empty: the whole.</param>
/// <param name="Code">E.g. <c>password.short</c>.</param>
public sealed record AccountFault(string Field, string Code)
{
    /// <summary>The link was used, or it is too old.</summary>
    public const string LinkGone = "link.gone";

    /// <summary>There is no such role, or not there.</summary>
    public const string RoleWrong = "role.wrong";

    internal const string Outdated = "outdated";

    /// <summary>What the engine says of it beside the code; null: nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>A template of the operator's cannot be filled.</summary>
    internal static AccountFault Unwritten(string sentence) => new("", "mail.refused") { Detail = sentence };

    /// <summary>A code begins with its field, but for those of the whole.</summary>
    internal static AccountFault Of(string code)
    {
        var field = code.Split('.')[0];
        return new(field is "email" or "name" or "password" or "present" or "language" or "role" or "code" ? field : "", code);
    }
}

/// <summary>What became of an act on accounts.</summary>
public abstract record AccountChange
{
    private AccountChange() { }

    /// <summary>Done.</summary>
    /// <param name="Person">Whom it was about.</param>
    public sealed record Done(Person Person) : AccountChange;

    /// <summary>Done, and these recovery codes are shown now and never again.</summary>
    public sealed record DoneWithCodes(Person Person, IReadOnlyList<string> Codes) : AccountChange;

    /// <summary>The invitation is on its way.</summary>
    /// <param name="Email">To whom.</param>
    /// <param name="Url">The link that it holds, seen here and never again.</param>
    public sealed record Invited(string Email, string Url) : AccountChange;

    /// <summary>Not done, and nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<AccountFault> Faults) : AccountChange;

    internal static AccountChange Of(Account account, IdentityResult result) =>
        result.Succeeded ? new Done(account.Person) : new Refused([.. result.Errors.Select(error => AccountFault.Of(error.Code))]);
}
