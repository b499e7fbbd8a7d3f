using System.Text;
using Waybill.Smtp.Replies;

namespace Waybill.Smtp.Sessions;

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
        foreach (var range in reply.Text.AsSpan().Split('\n'))
            Add('S', string.Create(null, $"{reply.Code}{Separator(reply, range)}{reply.Text.AsSpan(range)}"));
    }

    public void Note(string sentence) => Add('*', sentence);

    public override string ToString()
    {
        var text = new StringBuilder(head.Length + tailLength + 64).Append(head);
        if (leftOut > 0) text.Append("* ").Append(leftOut).Append(" lines are left out here\n");
        foreach (var line in tail) text.Append(line).Append('\n');
        return text.ToString();
    }

    static string Separator(Reply reply, Range line) => (line.End.GetOffset(reply.Text.Length) < reply.Text.Length, reply.Text.Length) switch
    {
        (true, _) => "-",
        (_, 0) => "",
        _ => " ",
    };

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
