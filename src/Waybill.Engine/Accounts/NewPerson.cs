using Waybill.Mime.Addresses;

namespace Waybill.Engine.Accounts;

/// <summary>What somebody gives who makes their account.</summary>
/// <param name="Email">Their address.</param>
/// <param name="Name">What they are called; anything but blanks, up to 10,000 characters.</param>
/// <param name="Language"><c>en</c> or <c>de</c>.</param>
/// <param name="Password">10 to 1000 characters, and none that everybody tries first.</param>
public sealed record NewPerson(string Email, string Name, string Language, string Password)
{
    /// <summary>What is wrong with it, all at once.</summary>
    public IReadOnlyList<AccountFault> Faults() =>
        [.. new[] { EmailFault(Email), NameFault(Name), LanguageFault(Language),
            PasswordRules.Objection(Password, Email, Name) }.OfType<string>().Select(AccountFault.Of)];

    internal static string? EmailFault(string email) => Address.TryParse(email.Trim(), out _, out _) ? null : "email.wrong";

    internal static string? NameFault(string name) => string.IsNullOrWhiteSpace(name) ? "name.missing"
        : name.Length > Person.LongestName ? "name.long"
        // U+FFFD was half a character
        : NameText.Objection(name) is not null || name.Contains('\ufffd', StringComparison.Ordinal) ? "name.wrong" : null;

    internal static string? LanguageFault(string language) => Person.Languages.Contains(language) ? null : "language.wrong";
}
