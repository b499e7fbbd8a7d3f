using System.Buffers;
using System.Text;

namespace Waybill.Templates.Plain;

/// <summary>A table in plain text: columns where they fit, else each row as lines of their own.</summary>
internal sealed class PlainTable(string alignment, List<string[]> rows)
{
    const int Gap = 2;

    static readonly SearchValues<char> Blanks = SearchValues.Create(['\n', '\t', PlainMarks.Break, PlainMarks.Block]);

    bool AreFacts => alignment is "f";

    /// <summary>How many columns text takes, nearly: the second half of a character takes none.</summary>
    public static int Width(ReadOnlySpan<char> text)
    {
        var width = text.Length;
        foreach (var sign in text) width -= char.IsLowSurrogate(sign) ? 1 : 0;
        return width;
    }

    public static PlainTable Read(ReadOnlySpan<char> alignment, ReadOnlySpan<char> marked)
    {
        var (rows, cells) = (new List<string[]>(), new List<string>());
        for (var at = marked.IndexOf(PlainMarks.Row); at >= 0; at = marked.IndexOf(PlainMarks.Row))
        {
            marked = marked[(at + 1)..];
            var end = marked.IndexOf(PlainMarks.Row);
            rows.Add(ReadRow(end < 0 ? marked : marked[..end], cells));
        }

        return new(alignment.ToString(), rows);
    }

    public IEnumerable<string> Lines(int columns)
    {
        if (rows.Count == 0) return [];
        var widths = new int[rows.Max(row => row.Length)];
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) widths[i] = Math.Max(widths[i], Width(row[i]));
        }

        if (AreFacts) return rows.SelectMany(row => Fact(row, widths[0] + Gap, columns));
        return widths.Sum() + Gap * (widths.Length - 1) <= columns ? Aligned(widths) : Stacked();
    }

    static string[] ReadRow(ReadOnlySpan<char> row, List<string> cells)
    {
        cells.Clear();
        for (var at = row.IndexOf(PlainMarks.Cell); at >= 0; at = row.IndexOf(PlainMarks.Cell))
        {
            row = row[(at + 1)..];
            var end = row.IndexOf(PlainMarks.Cell);
            cells.Add(Folded(end < 0 ? row : row[..end]));
        }

        return [.. cells];
    }

    static string Folded(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        if (cell.IndexOfAny(Blanks) < 0 && cell.IndexOf("  ") < 0) return cell.ToString();
        return string.Join(
            ' ', cell.ToString().Split(['\n', '\t', ' ', PlainMarks.Break, PlainMarks.Block], StringSplitOptions.RemoveEmptyEntries));
    }

    static IEnumerable<string> Fact(string[] row, int indent, int columns)
    {
        var line = new StringBuilder(row[0]).Append(' ', indent - Width(row[0]));
        var column = indent;
        foreach (var word in row.Length > 1 ? row[1].Split(' ') : [])
        {
            if (column > indent && column + 1 + Width(word) > columns)
            {
                yield return line.ToString();
                _ = line.Clear().Append(' ', indent);
                column = indent;
            }

            if (column > indent) _ = line.Append(' ');
            _ = line.Append(word);
            column += Width(word) + (column > indent ? 1 : 0);
        }

        yield return line.ToString();
    }

    IEnumerable<string> Aligned(int[] widths)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            yield return Aligned(rows[i], widths);
            if (i == 0) yield return string.Join(new string(' ', Gap), widths.Select(width => new string('-', Math.Max(width, 1))));
        }
    }

    string Aligned(string[] row, int[] widths)
    {
        var line = new StringBuilder();
        for (var i = 0; i < row.Length; i++)
        {
            var free = widths[i] - Width(row[i]);
            var before = (i < alignment.Length ? alignment[i] : 'l') switch { 'r' => free, 'c' => free / 2, _ => 0 };
            _ = line.Append(' ', (i > 0 ? Gap : 0) + before).Append(row[i]).Append(' ', free - before);
        }

        return line.ToString();
    }

    /// <summary>Too wide for columns: the head's words stand before each value.</summary>
    IEnumerable<string> Stacked()
    {
        foreach (var row in rows.Skip(1))
        {
            for (var i = 0; i < row.Length; i++)
            {
                var head = i < rows[0].Length ? rows[0][i] : "";
                yield return head.Length > 0 ? $"{(i == 0 ? "- " : "  ")}{head}: {row[i]}" : $"{(i == 0 ? "- " : "  ")}{row[i]}";
            }
        }
    }
}
