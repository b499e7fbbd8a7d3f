using System.Buffers;
using System.Text;
using Waybill.Mime.Addresses;

namespace Waybill.Mime.Headers;

/// <summary>A display name on the wire (RFC 5322 §3.2.5): atoms, a quoted string, or neither.</summary>
static class Phrase
{
    /// <summary>A longer name is better folded than quoted.</summary>
    const int LongestQuoted = 60;

    static readonly SearchValues<char> Atoms =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~ ");

    /// <summary>The name as atoms or quoted; null when only encoded-words carry it faithfully.</summary>
    internal static string? Write(string name)
    {
        if (name.Length > LongestQuoted || !Ascii.IsValid(name) || name.Contains("=?", StringComparison.Ordinal)) return null;
        var atoms = !name.AsSpan().ContainsAnyExcept(Atoms) && !name.Contains("  ", StringComparison.Ordinal);
        return atoms ? name : QuotedString.Write(name);
    }
}
