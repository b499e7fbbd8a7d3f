using System.Text;

namespace Waybill.Engine.Storage;

/// <summary>
/// Text that somebody looks for, which may be anything: PostgreSQL takes no NUL, and no database need compare with a megabyte.
/// </summary>
public static class Sought
{
    const int Longest = 300;

    /// <summary>The text without what no text that is kept has in it.</summary>
    public static string Clean(string text) =>
        string.Concat(text.EnumerateRunes().Where(rune => !Rune.IsControl(rune)).Take(Longest)).Trim();

    /// <summary>
    /// The pattern of what has this text in it, for <c>LIKE … ESCAPE '!'</c>, which makes of <c>%</c> and <c>_</c> what they are.
    /// </summary>
    public static string Within(string text) => $"%{Escape(Clean(text))}%";

    static string Escape(string text) => text
        .Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal)
        .Replace("_", "!_", StringComparison.Ordinal);
}
