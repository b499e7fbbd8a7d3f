using System.Globalization;
using System.Text;

namespace Waybill.Engine.Journal;

/// <summary>
/// A text as the search has it: its words, in lower case and without marks above or below. What is stored and what is looked for go through
/// here, so that both databases find the same.
/// </summary>
public static class SearchWords
{
    /// <summary>A longer word is cut: no index has to hold what nobody types.</summary>
    const int Longest = 64;

    /// <summary>The words of a text, in order: runs of letters and digits.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var (words, word) = (new List<string>(), new StringBuilder());
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)) Append(word, rune);
            else if (!IsMark(rune)) End(word, words);
        }

        End(word, words);
        return words;
    }

    /// <summary>The words with blanks between them, as they are stored.</summary>
    internal static string Joined(string text) => string.Join(' ', Of(text));

    static void Append(StringBuilder word, Rune rune)
    {
        if (word.Length >= Longest) return;
        if (rune.IsAscii)
        {
            word.Append(char.ToLowerInvariant((char)rune.Value));
            return;
        }

        foreach (var part in Rune.ToLowerInvariant(rune).ToString().Normalize(NormalizationForm.FormD).EnumerateRunes())
            if (!IsMark(part)) word.Append(part.ToString());
    }

    static void End(StringBuilder word, List<string> words)
    {
        if (word.Length > 0) words.Add(word.ToString());
        word.Clear();
    }

    static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.SpacingCombiningMark;
}
