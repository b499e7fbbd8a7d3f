using System.Text;

namespace Waybill.Engine.Composing;

/// <summary>
/// The lines that differ between two texts, as people know it from version control: <c>- before</c>, <c>+ after</c>, with two lines around.
/// </summary>
public static class LineDifference
{
    const int Around = 2;
    const int MostLines = 1_500;

    /// <summary>The difference; empty when there is none.</summary>
    public static string Of(string before, string after)
    {
        if (before == after) return "";
        var (old, now) = (Lines(before), Lines(after));
        if (old.Length > MostLines || now.Length > MostLines)
            return $"{old.Length} lines became {now.Length}; too many to compare line by line.\n";
        return Show(Script(old, now));
    }

    /// <summary>HTML has few line breaks of its own: a line ends before each tag that opens a block.</summary>
    public static string OfHtml(string before, string after) => Of(Broken(before), Broken(after));

    static string Broken(string html) => html.Replace("><", ">\n<", StringComparison.Ordinal);

    static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>The longest common subsequence, walked from its end: quadratic, and a mail has a few hundred lines.</summary>
    static List<(char Mark, string Line)> Script(string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);

        var script = new List<(char, string)>();
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            var isCommon = i < old.Length && j < now.Length && old[i] == now[j];
            var isRemoved = !isCommon && i < old.Length && (j == now.Length || common[i + 1, j] >= common[i, j + 1]);
            script.Add(isCommon ? (' ', old[i]) : isRemoved ? ('-', old[i]) : ('+', now[j]));
            if (isCommon || isRemoved) i++;
            if (!isRemoved) j++;
        }

        return script;
    }

    static string Show(List<(char Mark, string Line)> script)
    {
        var shown = new StringBuilder();
        var last = -1;
        for (var i = 0; i < script.Count; i++)
        {
            if (!Enumerable.Range(i - Around, 2 * Around + 1).Any(n => n >= 0 && n < script.Count && script[n].Mark != ' ')) continue;
            if (last >= 0 && i > last + 1) shown.Append("…\n");
            shown.Append(script[i].Mark).Append(' ').Append(script[i].Line).Append('\n');
            last = i;
        }

        return shown.ToString();
    }
}
