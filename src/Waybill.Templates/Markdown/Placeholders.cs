using System.Text;
using Waybill.Templates.Language;

namespace Waybill.Templates.Markdown;

/// <summary>
/// Tags while Markdown is read: each is a word of noncharacters, which Markdown takes for letters and no author can write.
/// </summary>
internal sealed class Placeholders
{
    const char First = '\ufdd0';
    const char Last = '\ufdd1';
    const char Zero = '\ufdd2';

    readonly List<Token> tokens = [];

    public string Add(Token token)
    {
        tokens.Add(token);
        var word = new StringBuilder().Append(First);
        foreach (var digit in (tokens.Count - 1).ToString(System.Globalization.CultureInfo.InvariantCulture))
            word.Append((char)(Zero + digit - '0'));
        return word.Append(Last).ToString();
    }

    /// <summary>Text and tags in their order.</summary>
    public IEnumerable<Piece> Split(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf(First, at);
            if (open < 0) open = text.Length;
            if (open > at) yield return new(text[at..open], null);
            if (open == text.Length) yield break;
            at = text.IndexOf(Last, open) + 1;
            yield return new("", Find(text.AsSpan(open, at - open)).Tag);
        }
    }

    /// <summary>The tag, if the text is nothing but its placeholder.</summary>
    public Tag? Only(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return text.Length > 2 && text[0] == First && text.IndexOf(Last) == text.Length - 1 ? Find(text).Tag : null;
    }

    /// <summary>The text as its author wrote it, nearly: two that are the same here say the same.</summary>
    public string Readable(string text) =>
        string.Concat(Split(text).Select(piece => piece.Tag is Tag.Output output ? $"{{{{{output.Value}}}}}" : piece.Text));

    /// <summary>How much longer the source is than the text up to a column.</summary>
    public int Growth(ReadOnlySpan<char> text)
    {
        var growth = 0;
        for (int open; (open = text.IndexOf(First)) >= 0;)
        {
            var end = text[open..].IndexOf(Last);
            if (end < 0) break;
            growth += Find(text.Slice(open, end + 1)).Length - (end + 1);
            text = text[(open + end + 1)..];
        }

        return growth;
    }

    Token Find(ReadOnlySpan<char> word)
    {
        var number = 0;
        foreach (var digit in word[1..^1]) number = number * 10 + (digit - Zero);
        return tokens[number];
    }
}

/// <summary>Text, or a tag.</summary>
internal readonly record struct Piece(string Text, Tag? Tag);
