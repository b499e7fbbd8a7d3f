using System.Runtime.InteropServices;

namespace Waybill.Smtp.Replies;

/// <summary>An enhanced status code (RFC 3463): class, subject, detail, as in <c>5.1.1</c>.</summary>
/// <param name="Class">2 success, 4 a passing failure, 5 a lasting one.</param>
/// <param name="Subject">1 address, 2 mailbox, 3 system, 4 routing, 5 protocol, 6 content, 7 policy; 0 none of these.</param>
/// <param name="Detail">What it is about the subject; 0 to 999.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EnhancedCode(int Class, int Subject, int Detail)
{
    /// <summary>The code with its dots, as it stands in a reply.</summary>
    public override string ToString() => $"{Class}.{Subject}.{Detail}";

    /// <summary>The code a reply's text begins with, or null: many relays send none.</summary>
    internal static EnhancedCode? AtStartOf(ReadOnlySpan<char> text)
    {
        if (text.Length < 5 || text[0] is not ('2' or '4' or '5') || text[1] != '.') return null;
        var rest = text[2..];
        if (!TakeNumber(ref rest, out var subject) || rest.IsEmpty || rest[0] != '.') return null;
        rest = rest[1..];
        return TakeNumber(ref rest, out var detail) && (rest.IsEmpty || rest[0] == ' ')
            ? new EnhancedCode(text[0] - '0', subject, detail)
            : null;
    }

    static bool TakeNumber(ref ReadOnlySpan<char> text, out int number)
    {
        var digits = 0;
        for (number = 0; digits < Math.Min(3, text.Length) && char.IsAsciiDigit(text[digits]); digits++)
            number = (number * 10) + text[digits] - '0';
        text = text[digits..];
        return digits > 0;
    }
}
