using System.Buffers;

namespace Waybill.Mime.Headers;

/// <summary>A msg-id (RFC 5322 §3.6.4) without comments, quoting or obsolete forms.</summary>
static class MessageIdentifier
{
    const int Longest = 250;

    static readonly SearchValues<char> DotAtom =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.");

    internal static bool IsValid(string text)
    {
        if (text.Length > Longest || text is not ['<', .., '>']) return false;
        var inner = text.AsSpan(1, text.Length - 2);
        return inner.IndexOf('@') is var at and > 0 && IsDotAtom(inner[..at]) && IsDotAtom(inner[(at + 1)..]);
    }

    static bool IsDotAtom(ReadOnlySpan<char> text) =>
        text is not ([] or ['.', ..] or [.., '.']) && !text.ContainsAnyExcept(DotAtom) && !text.Contains("..", StringComparison.Ordinal);
}
