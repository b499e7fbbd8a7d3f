namespace Waybill.Templates.Markdown;

/// <summary>What begins a line of Markdown before its text.</summary>
internal static class ListMarker
{
    /// <summary>The text without the signs of lists and quotations before it.</summary>
    public static string Strip(string line)
    {
        var rest = line.AsSpan();
        while (TryTake(ref rest)) { }
        return rest.ToString();
    }

    /// <summary>
    /// How many containers a line opens or continues, at most: each sign counts, and each two blanks that are not between signs.
    /// </summary>
    public static int Depth(ReadOnlySpan<char> line)
    {
        var depth = 0;
        var rest = line;
        while (TryTake(ref rest)) depth++;
        var blanks = line[..^rest.Length].Count(' ') + 4 * line[..^rest.Length].Count('\t');
        return Math.Max(depth, blanks / 2);
    }

    static bool TryTake(ref ReadOnlySpan<char> line)
    {
        var rest = line.TrimStart(" \t");
        if (rest.Length == 0) return false;
        var sign = rest[0] == '>' ? 1 : rest[0] is '-' or '*' or '+' && IsBlank(rest, 1) ? 1 : Numbered(rest);
        if (sign == 0 && rest.Length == line.Length) return false;
        line = rest[sign..];
        return sign > 0;
    }

    static int Numbered(ReadOnlySpan<char> rest)
    {
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        return digits is > 0 and < 10 && rest[digits] is '.' or ')' && IsBlank(rest, digits + 1) ? digits + 1 : 0;
    }

    static bool IsBlank(ReadOnlySpan<char> text, int at) => at >= text.Length || text[at] is ' ' or '\t';
}
