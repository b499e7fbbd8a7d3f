namespace Waybill.Smtp.Replies;

/// <summary>What a relay answered (RFC 5321 §4.2).</summary>
/// <param name="Code">The three digits, 200 to 599.</param>
/// <param name="Enhanced">The RFC 3463 code that its first line begins with, if any.</param>
/// <param name="Text">
/// The lines without their codes, joined by a line feed, the enhanced code included. Printable ASCII only: any other octet is shown as
/// <c>\xNN</c>, so that a relay's words can be logged and stored as they are.
/// </param>
public sealed record Reply(int Code, EnhancedCode? Enhanced, string Text)
{
    const int ReasonLimit = 1000;

    /// <summary>The reply on one line of at most 1000 characters, as a reason is shown to people.</summary>
    public override string ToString()
    {
        var line = Text.Length == 0 ? $"{Code}" : $"{Code} {Text.Replace("\n", " / ", StringComparison.Ordinal)}";
        return line.Length <= ReasonLimit ? line : $"{line.AsSpan(0, ReasonLimit - 1)}…";
    }

    /// <summary>The first digit: 2 done, 3 go on, 4 not now, 5 not ever.</summary>
    internal int Severity => Code / 100;
}
