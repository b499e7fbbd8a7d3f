using Microsoft.AspNetCore.Identity;

namespace Waybill.Engine.Accounts;

/// <summary>
/// What a password must be: 10 to 1000 characters, and none that everybody tries first. No further rules, for they make people write them
/// down.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int Shortest = 10;
    public const int Longest = 1000;

    const int FewestCharacters = 5;

    static readonly HashSet<string> Common = ReadCommon();

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(Objection(password ?? "", user.Email, user.Name) is { } code
            ? IdentityResult.Failed(new IdentityError { Code = code, Description = code })
            : IdentityResult.Success);

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? Objection(string password, string email, string name)
    {
        if (password.Length < Shortest) return "password.short";
        if (password.Length > Longest) return "password.long";
        var plain = password.ToLowerInvariant();
        if (plain.Distinct().Count() < FewestCharacters || Common.Contains(plain) || Common.Contains(plain.TrimEnd('!', '.', '?', '*')))
            return "password.common";
        return IsTheirs(plain, email) || IsTheirs(plain, email.Split('@')[0]) || IsTheirs(plain, name) ? "password.yours" : null;
    }

    static bool IsTheirs(string password, string text) =>
        password == Folded(text) || password == Folded(text).Replace(" ", "", StringComparison.Ordinal);

    static string Folded(string text) => text.ToLowerInvariant();

    static HashSet<string> ReadCommon()
    {
        using var reader = new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream("CommonPasswords.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToHashSet(StringComparer.Ordinal);
    }
}
