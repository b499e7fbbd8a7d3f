using System.Text;
using Waybill.Smtp.Replies;

namespace Waybill.Smtp.Wires;

/// <summary>
/// Writes down what was said, for people. Secrets never get here: whoever sends one says what to show in its place. Of a long dialogue
/// the beginning and the end are kept.
/// </summary>
sealed class Transcript
{
    const int HeadLimit = 24 * 1024;
    const int TailLimit = 7 * 1024;
    const int LineLimit = 1024;

    readonly StringBuilder head = new(512);
    readonly Queue<string> tail = [];
    int tailLength, leftOut;

    public void Client(string command) => Add('C', command);

    public void Server(Reply reply)
    {
        var lines = reply.Text.Split('\n');
        foreach (var line in lines[..^1]) Add('S', $"{reply.Code}-{line}");
        Add('S', lines[^1].Length > 0 ? $"{reply.Code} {lines[^1]}" : $"{reply.Code}");
    }

    public void Note(string sentence) => Add('*', sentence);

    public override string ToString()
    {
        var text = new StringBuilder(head.Length + tailLength + 64).Append(head);
        if (leftOut > 0) text.Append("* ").Append(leftOut).Append(" lines are left out here\n");
        foreach (var line in tail) text.Append(line).Append('\n');
        return text.ToString();
    }

    void Add(char who, string words)
    {
        var shown = words.AsSpan(0, Math.Min(words.Length, LineLimit));
        var separator = who == '*' ? " " : ": ";
        if (head.Length + shown.Length < HeadLimit && tail.Count == 0) head.Append(who).Append(separator).Append(shown).Append('\n');
        else AddToTail(string.Concat(who.ToString(), separator, shown));
    }

    void AddToTail(string line)
    {
        tail.Enqueue(line);
        for (tailLength += line.Length + 1; tailLength > TailLimit; leftOut++) tailLength -= tail.Dequeue().Length + 1;
    }
}
