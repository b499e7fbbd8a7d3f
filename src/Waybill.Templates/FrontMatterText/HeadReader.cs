using Waybill.Templates.Language;

namespace Waybill.Templates.FrontMatterText;

/// <summary>Reads the lines before the body. The first of them is line 2 of the file.</summary>
internal sealed class HeadReader(string[] lines, Problems problems)
{
    readonly Head head = new();
    readonly HashSet<string> seen = [];

    public Head Read()
    {
        var entries = EntriesOf(0, lines.Length);
        foreach (var entry in entries)
        {
            if (!seen.Add(entry.Key)) problems.Refuse(entry.At, $"{entry.Key} is given twice: keep one.");
            else if (entry.Key == "variables") ReadVariables(entry);
            else ReadText(entry);
        }

        return head;
    }

    void ReadText(Entry entry)
    {
        if (entry.Key is not ("subject" or "preheader"))
        {
            problems.Refuse(entry.At, $"There is no key {entry.Key}: there are subject, preheader and variables.");
            return;
        }

        var text = ScalarText.Unquoted(entry.Value);
        if (entry.To > entry.From) problems.Refuse(new(entry.From + 2, 1), $"{entry.Key} is one line.");
        else if (text.Length == 0) problems.Refuse(entry.At, $"{entry.Key} is empty: write a line of text after it.");
        else if (entry.Key == "subject") (head.Subject, head.SubjectLine) = (text, entry.At.Line);
        else (head.Preheader, head.PreheaderLine) = (text, entry.At.Line);
    }

    void ReadVariables(Entry entry)
    {
        if (entry.Value.Length > 0) problems.Refuse(entry.At, "The variables stand on lines of their own, indented: path: type, required.");
        foreach (var variable in EntriesOf(entry.From, entry.To))
        {
            if (VariableReader.Read(variable, EntriesOf(variable.From, variable.To), problems) is not { } read) continue;
            if (head.Variables.Exists(other => other.Path == read.Path))
            {
                problems.Refuse(variable.At, $"{read.Path} is declared twice: keep one.");
            }

            head.Variables.Add(read);
        }
    }

    /// <summary>
    /// The keys of one level; what is indented deeper belongs to the key before it, unless a bracket is still open there.
    /// </summary>
    List<Entry> EntriesOf(int from, int to)
    {
        var entries = new List<Entry>();
        var indent = -1;
        for (var i = from; i < to; i++)
        {
            var line = lines[i];
            var content = line.TrimStart(' ');
            if (content.Length == 0 || content[0] == '#') continue;
            if (indent < 0) indent = line.Length - content.Length;
            if (line.Length - content.Length != indent || content[0] == '\t')
            {
                problems.Refuse(new(i + 2, 1), "This line is not indented as the others: use the same number of blanks, and no tabs.");
                continue;
            }

            if (ReadEntry(content, i, indent, to) is not { } entry) continue;
            entries.Add(entry);
            i = entry.To - 1;
        }

        return entries;
    }

    Entry? ReadEntry(string content, int i, int indent, int to)
    {
        var place = new Place(i + 2, indent + 1);
        var colon = content.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || (colon + 1 < content.Length && content[colon + 1] != ' '))
        {
            problems.Refuse(place, "Here should stand a key, a colon and a blank: subject: Your receipt.");
            return null;
        }

        var (value, next) = (content[(colon + 1)..].Trim(), i + 1);
        for (; next < to && ScalarText.IsOpen(value)
            && lines[next].StartsWith(new string(' ', indent + 1), StringComparison.Ordinal); next++) value += "\n" + lines[next].Trim();
        var end = next;
        while (end < to && (lines[end].Trim().Length == 0 || lines[end].StartsWith(new string(' ', indent + 1), StringComparison.Ordinal)))
            end++;
        return new(place, ScalarText.Unquoted(content[..colon].Trim()), value, next, end);
    }
}

/// <summary>A key, its value, and the lines that are indented under it.</summary>
internal readonly record struct Entry(Place At, string Key, string Value, int From, int To);
