using Waybill.Templates.Render;

namespace Waybill.Templates.Plain;

/// <summary>Lays marked text out in lines of at most 76 columns; a word longer than that stays whole.</summary>
internal sealed class PlainLayout(Output to)
{
    public const int Columns = 76;

    static readonly char[] Stops = [' ', '\n', '\t',
        .. Enumerable.Range(PlainMarks.Break, PlainMarks.Underline - PlainMarks.Break + 1).Select(code => (char)code)];
    static readonly System.Buffers.SearchValues<char> StopSet = System.Buffers.SearchValues.Create(Stops);

    readonly List<Margin> margins = [];
    bool isLineOpen;
    bool wantsBlank;
    bool isVerbatim;
    bool isAtMargin;
    int column;

    public void Write(ReadOnlySpan<char> marked)
    {
        while (marked.Length > 0 && !to.IsFull)
        {
            var at = isVerbatim ? marked.IndexOfAny('\n', PlainMarks.Flow) : marked.IndexOfAny(StopSet);
            if (at < 0) at = marked.Length;
            if (at > 0) Word(marked[..at]);
            marked = at == marked.Length ? [] : Mark(marked[at..]);
        }

        EndLine();
    }

    /// <summary>What begins with a blank or a mark; gives what is left.</summary>
    ReadOnlySpan<char> Mark(ReadOnlySpan<char> rest)
    {
        switch (rest[0])
        {
            case PlainMarks.Break or '\n' when isVerbatim || rest[0] == PlainMarks.Break:
                if (isVerbatim && !isLineOpen) StartLine();
                EndLine();
                break;
            case PlainMarks.Block:
                EndLine();
                wantsBlank = true;
                break;
            case PlainMarks.Indent:
                return StartIndent(rest[1..]);
            case PlainMarks.Outdent:
                EndIndent();
                break;
            case PlainMarks.Verbatim or PlainMarks.Flow:
                EndLine();
                isVerbatim = rest[0] == PlainMarks.Verbatim;
                break;
            case PlainMarks.Table:
                return WriteTable(rest[1..]);
            case PlainMarks.Underline when rest.Length > 1:
                Underline(rest[1]);
                return rest[2..];
        }

        return rest[1..];
    }

    void Word(ReadOnlySpan<char> word)
    {
        var width = PlainTable.Width(word);
        if (isLineOpen && column + 1 + width > Columns && !isVerbatim) EndLine();
        if (!isLineOpen) StartLine();
        if (!isAtMargin && !isVerbatim) Put(" ", 1);
        Put(word, width);
        isAtMargin = false;
    }

    void Put(ReadOnlySpan<char> text, int width)
    {
        to.Write(text);
        column += width;
    }

    /// <summary>A blank line before a block goes before its margin, and a quotation's sign stands on it.</summary>
    void StartLine()
    {
        if (wantsBlank && to.Length > 0)
        {
            foreach (var margin in margins) to.Write(margin.IsUsed ? margin.Rest : "");
            to.TrimEnd();
            to.Write('\n');
        }

        (wantsBlank, isLineOpen, column) = (false, true, 0);
        foreach (var margin in margins) Put(margin.Take(), margin.Rest.Length);
        isAtMargin = true;
    }

    void EndLine()
    {
        if (!isLineOpen) return;
        to.TrimEnd();
        to.Write('\n');
        isLineOpen = false;
    }

    void Underline(char sign)
    {
        if (!isLineOpen) return;
        var width = column - margins.Sum(margin => margin.Rest.Length);
        EndLine();
        StartLine();
        to.Fill(sign, width);
        EndLine();
    }

    ReadOnlySpan<char> StartIndent(ReadOnlySpan<char> rest)
    {
        var (then, end) = (rest.IndexOf(PlainMarks.Then), rest.IndexOf(PlainMarks.End));
        if (then < 0 || end < then) return rest;
        EndLine();
        var first = rest[..then].ToString();
        var others = end == then + 1 ? new string(' ', first.Length) : rest[(then + 1)..end].ToString();
        margins.Add(new(first, others));
        return rest[(end + 1)..];
    }

    void EndIndent()
    {
        EndLine();
        if (margins.Count > 0) margins.RemoveAt(margins.Count - 1);
    }

    ReadOnlySpan<char> WriteTable(ReadOnlySpan<char> rest)
    {
        var (alignment, end) = (rest.IndexOf(PlainMarks.End), rest.IndexOf(PlainMarks.EndTable));
        if (alignment < 0 || end < alignment) return rest;
        EndLine();
        wantsBlank = true;
        foreach (var line in PlainTable.Read(rest[..alignment], rest[(alignment + 1)..end])
            .Lines(Columns - margins.Sum(margin => margin.Rest.Length)))
        {
            StartLine();
            to.Write(line);
            EndLine();
        }

        wantsBlank = true;
        return rest[(end + 1)..];
    }

    /// <summary>What stands before the lines of a list's item or a quotation.</summary>
    sealed class Margin(string first, string rest)
    {
        public bool IsUsed { get; private set; }

        public string Rest => rest;

        public string Take()
        {
            var taken = IsUsed ? rest : first;
            IsUsed = true;
            return taken;
        }
    }
}
