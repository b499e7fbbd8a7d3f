using System.Text;
using Waybill.Smtp.Replies;

namespace Waybill.Smtp;

/// <summary>
/// Words that the other side knows from us and may repeat: they are blotted out of what it says before anybody sees it, in any case, in
/// clear and in Base64, also where a line ends inside of them.
/// </summary>
public sealed class SecretWords
{
    const string Secret = "[secret]";
    const string User = "[user]";

    /// <summary>In Base64, a word of fewer characters is looked for as a whole word only: any text has it somewhere.</summary>
    const int LeastInside = 6;

    readonly IReadOnlyList<Word> words;

    SecretWords(IEnumerable<Word> words) =>
        this.words = [.. words.Where(word => word.Text.Length > 0).OrderByDescending(word => word.Text.Length)];

    /// <summary>Nothing is secret.</summary>
    public static SecretWords None { get; } = new([]);

    /// <summary>A key, as it goes over the wire.</summary>
    public static SecretWords OfKey(string key) => new([new(Squeezed(key), Secret, IsWhole: false)]);

    /// <summary>
    /// What is said in a sign-in. Of the user only whole words are looked for: it is often a part of the addresses that mail is for.
    /// </summary>
    internal static SecretWords OfSignIn(string? user, string? password)
    {
        var (name, pass) = (user ?? "", password ?? "");
        return new(
        [
            InBase64($"\0{name}\0{pass}", Secret, isWhole: false),
            InBase64(pass, Secret, isWhole: false),
            InBase64(name, User, isWhole: true),
            new(Squeezed(Shown(pass)), Secret, IsWhole: false),
            new(Squeezed(Shown(name)), User, IsWhole: true),
        ]);
    }

    /// <summary>The text without them.</summary>
    public string Conceal(string text)
    {
        if (words.Count == 0 || text.Length == 0) return text;
        var flat = Flat.Of(text);
        var found = words.SelectMany(word => flat.Find(word)).ToList();
        return found.Count == 0 ? text : Replaced(text, found);
    }

    static string Replaced(string text, List<Occurrence> found)
    {
        var shown = new StringBuilder(text.Length);
        var at = 0;
        foreach (var place in found.OrderBy(place => place.Start).ThenByDescending(place => place.End))
        {
            if (place.Start >= at) shown.Append(text, at, place.Start - at).Append(place.Shown);
            at = Math.Max(at, place.End);
        }

        return shown.Append(text, at, text.Length - at).ToString();
    }

    static Word InBase64(string text, string shown, bool isWhole)
    {
        var coded = text.Length == 0 ? "" : Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');
        return new(coded, shown, isWhole || coded.Length < LeastInside);
    }

    static string Shown(string text) => Printable.From(Encoding.UTF8.GetBytes(text));

    static string Squeezed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    sealed record Word(string Text, string Shown, bool IsWhole);

    readonly record struct Occurrence(int Start, int End, string Shown);

    /// <summary>A text without its blanks and line ends, and where each character stood.</summary>
    sealed class Flat(string text, string squeezed, int[] positions)
    {
        public static Flat Of(string text)
        {
            var squeezed = new StringBuilder(text.Length);
            var positions = new int[text.Length];
            for (var i = 0; i < text.Length; i++)
            {
                if (i > 0 && text[i - 1] == '\n') i += CodeLength(text.AsSpan(i));
                if (i >= text.Length || char.IsWhiteSpace(text[i])) continue;
                positions[squeezed.Length] = i;
                squeezed.Append(text[i]);
            }

            return new(text, squeezed.ToString(), positions);
        }

        public IEnumerable<Occurrence> Find(Word word)
        {
            for (var at = 0; (at = squeezed.IndexOf(word.Text, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
            {
                var (start, end) = (positions[at], positions[at + word.Text.Length - 1] + 1);
                if (word.IsWhole && (IsPartOfAName(start - 1, -1) || IsPartOfAName(end, 1))) continue;
                while (end < text.Length && text[end] == '=') end++; // what fills Base64 up
                yield return new(start, end, word.Shown);
            }
        }

        bool IsPartOfAName(int at, int step) => at >= 0 && at < text.Length
            && (char.IsLetterOrDigit(text[at]) || text[at] is '@' or '-' or '_' or '+' or '/'
                || (text[at] == '.' && at + step >= 0 && at + step < text.Length && char.IsLetterOrDigit(text[at + step])));

        /// <summary>How long the RFC 3463 code is that each line of a reply may begin with.</summary>
        static int CodeLength(ReadOnlySpan<char> line)
        {
            var blank = line.IndexOf(' ');
            return blank is >= 5 and <= 9 && EnhancedCode.AtStartOf(line[..blank]) is not null ? blank : 0;
        }
    }
}
