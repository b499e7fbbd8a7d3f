using Waybill.Documents.Fonts;

namespace Waybill.Documents.Pdf;

/// <summary>Breaks a text into lines that fit.</summary>
public static class Paragraph
{
    const string Ellipsis = "…";

    /// <summary>
    /// The lines of a text: broken between words, within a word only where it is wider than a line; a line break stays one.
    /// </summary>
    /// <param name="text">All of it.</param>
    /// <param name="style">How it is set.</param>
    /// <param name="width">Of a line, in points.</param>
    /// <param name="most">Lines; what is beyond is cut, and the last one ends in an ellipsis.</param>
    public static IReadOnlyList<string> Break(string text, TextStyle style, double width, int most = int.MaxValue)
    {
        var lines = new List<string>();
        foreach (var part in text.ReplaceLineEndings("\n").Split('\n'))
        {
            BreakPart(Face.Settled(part), style, width, lines, most);
            if (lines.Count > most) return [.. lines[..(most - 1)], Cut($"{lines[most - 1]}{Ellipsis}", style, width)];
        }

        return lines;
    }

    /// <summary>The largest of some sizes in which a text fits one line; the smallest, if none does.</summary>
    /// <param name="text">One line of it.</param>
    /// <param name="face">Of the font.</param>
    /// <param name="width">Of the line, in points.</param>
    /// <param name="sizes">From large to small, in points.</param>
    public static double Fit(string text, Face face, double width, params ReadOnlySpan<double> sizes)
    {
        foreach (var size in sizes)
        {
            if (face.WidthOf(text, size) <= width) return size;
        }

        return sizes[^1];
    }

    /// <summary>A text on one line, its end replaced by an ellipsis where it does not fit.</summary>
    public static string Cut(string text, TextStyle style, double width)
    {
        var settled = Face.Settled(text);
        if (style.Face.WidthOf(settled, style.Size) <= width) return settled;
        var kept = Head(settled.TrimEnd('…'), style, width - style.Face.WidthOf(Ellipsis, style.Size));
        return $"{kept.TrimEnd()}{Ellipsis}";
    }

    static void BreakPart(string part, TextStyle style, double width, List<string> lines, int most)
    {
        var line = "";
        foreach (var word in part.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (style.Face.WidthOf(longer, style.Size) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0) lines.Add(line);
            line = BreakWord(word, style, width, lines, most);
            if (lines.Count > most) return;
        }

        lines.Add(line);
    }

    /// <summary>Adds whole lines of a word, and gives what is left of it.</summary>
    static string BreakWord(string word, TextStyle style, double width, List<string> lines, int most)
    {
        while (style.Face.WidthOf(word, style.Size) > width && lines.Count <= most)
        {
            var head = Head(word, style, width);
            lines.Add(head);
            word = word[head.Length..];
        }

        return word;
    }

    /// <summary>As many characters as fit, but one at least.</summary>
    static string Head(string word, TextStyle style, double width)
    {
        var (taken, room) = (0, width);
        foreach (var character in word.EnumerateRunes())
        {
            room -= style.Face.WidthOf(character, style.Size);
            if (room < 0 && taken > 0) break;
            taken += character.Utf16SequenceLength;
        }

        return word[..taken];
    }
}
