using System.Buffers;
using System.Text;

namespace Waybill.Mime.Headers;

/// <summary>The characters no header's text may carry: controls, and the separators that some reader takes for the end of a line.</summary>
static class LineBreakers
{
    static readonly char[] Characters =
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code), '\u2028', '\u2029'];

    internal static readonly SearchValues<char> All = SearchValues.Create(Characters);

    internal static readonly SearchValues<char> AllButTab = SearchValues.Create([.. Characters.Where(character => character != '\t')]);

    /// <summary>The text with one space in place of each run of them, and none at its ends.</summary>
    internal static ReadOnlySpan<char> Smooth(string text) =>
        (text.AsSpan().ContainsAny(All) ? Replace(text) : text).AsSpan().Trim(' ');

    static string Replace(ReadOnlySpan<char> text)
    {
        var smooth = new StringBuilder(text.Length);
        while (text.IndexOfAny(All) is var at and >= 0)
        {
            smooth.Append(text[..at]).Append(' ');
            var next = text[at..].IndexOfAnyExcept(All);
            text = next < 0 ? [] : text[(at + next)..];
        }
        return smooth.Append(text).ToString();
    }
}
