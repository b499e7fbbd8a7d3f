using System.Text;

namespace Waybill.Engine.Bus;

/// <summary>The words of a failure as a text column takes them: a handler may throw whatever it likes.</summary>
internal static class Reason
{
    public const int Longest = 1_000;

    /// <summary>At most <see cref="Longest"/> characters, none of them a control character or half of one.</summary>
    public static string Of(string words)
    {
        var reason = new StringBuilder(Math.Min(words.Length, Longest));
        foreach (var rune in words.EnumerateRunes()) // a surrogate by itself comes as U+FFFD
        {
            if (reason.Length + rune.Utf16SequenceLength > Longest) break;
            reason.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return reason.ToString();
    }
}
