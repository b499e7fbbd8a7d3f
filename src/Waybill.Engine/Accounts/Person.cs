using Waybill.Engine.Audit;

namespace Waybill.Engine.Accounts;

/// <summary>Who signs in, as pages show them; no credential is in it.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Email">As it was typed.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Language"><c>en</c> or <c>de</c>: of pages and mails.</param>
/// <param name="HasTotp">Whether a code is asked for beside the password.</param>
public sealed record Person(PersonId Id, string Email, string Name, string Language, bool HasTotp)
{
    /// <summary>Of a name, in characters.</summary>
    public const int LongestName = 10_000;

    /// <summary>The languages that pages and mails are written in, the standard first.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "de"];

    /// <summary>As the audit names them, at a machine.</summary>
    public Actor ActorAt(string address) => new(Id, Email, address);
}
