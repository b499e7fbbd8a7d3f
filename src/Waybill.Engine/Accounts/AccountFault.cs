namespace Waybill.Engine.Accounts;

/// <summary>What is wrong with what was asked for: a code that pages have a sentence for, and the field it belongs to.</summary>
/// <param name="Field">The field of the form: <c>email</c>, <c>name</c>, <c>password</c>, …; empty: the whole.</param>
/// <param name="Code">E.g. <c>password.short</c>.</param>
public sealed record AccountFault(string Field, string Code)
{
    internal const string LinkGone = "link.gone";

    /// <summary>A code begins with its field, but for those of the whole.</summary>
    internal static AccountFault Of(string code)
    {
        var field = code.Split('.')[0];
        return new(field is "email" or "name" or "password" or "language" or "role" or "code" ? field : "", code);
    }
}

/// <summary>What became of an act on accounts.</summary>
public abstract record AccountChange
{
    private AccountChange() { }

    /// <summary>Done.</summary>
    /// <param name="Person">Whom it was about.</param>
    public sealed record Done(Person Person) : AccountChange;

    /// <summary>Not done, and nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<AccountFault> Faults) : AccountChange;
}
