using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Waybill.Mime.Addresses;

/// <summary>An address with the name people know it by (RFC 5322 §3.4).</summary>
/// <param name="DisplayName">
/// The name as text, neither quoted nor encoded. Blank counts as none; surrounding space is dropped. What ends a line becomes a space, for
/// a name that was kept before <see cref="NameText"/> was asked must not stop a mail; what else was kept stays, for a mail of before is
/// written again to the octet.
/// </param>
/// <param name="Address">The address.</param>
public sealed record Mailbox(string? DisplayName, Address Address)
{
    static readonly SearchValues<char> Specials = SearchValues.Create("()<>[]:;@\\,.\"");
    static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",;<>\"");

    /// <summary>The name as text, neither quoted nor encoded; null when there is none.</summary>
    public string? DisplayName { get; } = Checked(DisplayName);

    /// <summary>The address.</summary>
    public Address Address { get; } = Address ?? throw new ArgumentNullException(nameof(Address));

    /// <summary>
    /// Reads <c>Name &lt;a@b&gt;</c>, <c>"Quoted, Name" &lt;a@b&gt;</c>, <c>&lt;a@b&gt;</c> or <c>a@b</c>; an encoded-word is kept as it
    /// stands.
    /// </summary>
    /// <param name="text">One mailbox; surrounding space is dropped.</param>
    /// <param name="mailbox">The mailbox, when it is one.</param>
    /// <param name="problem">Otherwise one sentence that says what is wrong, safe to show.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Mailbox? mailbox, [NotNullWhen(false)] out string? problem)
    {
        problem = Read((text ?? "").AsSpan().Trim(' '), mayHoldAny: false, out mailbox);
        return problem is null;
    }

    /// <summary>Reads a mailbox that is known to be one: it was kept. Its name may hold what is no longer taken.</summary>
    /// <exception cref="FormatException">It is none; the message is the sentence of <see cref="TryParse"/>.</exception>
    public static Mailbox Parse(string text) =>
        Read(text.AsSpan().Trim(' '), mayHoldAny: true, out var mailbox) is { } problem ? throw new FormatException(problem) : mailbox!;

    /// <summary>
    /// For people to read, and readable by <see cref="TryParse"/>: <c>Name &lt;a@b&gt;</c>, the name quoted where it must be.
    /// </summary>
    public override string ToString() => DisplayName is null ? Address.ToString() : $"{Readable(DisplayName)} <{Address}>";

    static string? Read(ReadOnlySpan<char> text, bool mayHoldAny, out Mailbox? mailbox)
    {
        mailbox = null;
        var nameEnd = text is ['"', ..] ? QuotedString.End(text) : 0;
        var open = text[nameEnd..].IndexOf('<') + nameEnd;
        if (open < nameEnd) return ReadAddress(null, text, out mailbox);

        var name = text[..open].TrimEnd(' ');
        if (text[^1] != '>') return $"The mailbox {Visible.Quote(text)} has a < without a > at its end.";
        if (ReadName(name, out var value) is { } problem) return problem;
        if (!mayHoldAny && Problem(value) is { } character) return character;
        return ReadAddress(value, text[(open + 1)..^1].Trim(' '), out mailbox);
    }

    static string? ReadAddress(string? name, ReadOnlySpan<char> text, out Mailbox? mailbox)
    {
        mailbox = Address.TryParse(text.ToString(), out var address, out var problem) ? new Mailbox(name, address) : null;
        return problem;
    }

    static string? ReadName(ReadOnlySpan<char> written, out string value)
    {
        value = written.ToString();
        if (written is ['"', ..] && !QuotedString.TryRead(written, out value))
        {
            return $"The name {Visible.Quote(written)} has a quote that does not close at its end.";
        }
        if (written is not ['"', ..] && written.IndexOfAny(NeedsQuotes) is var odd and >= 0)
        {
            return $"The name {Visible.Quote(written)} may contain \"{written[odd]}\" only inside quotes.";
        }
        return null;
    }

    static string? Checked(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        var whole = name.Any(BreaksLine) ? string.Concat(name.Select(c => BreaksLine(c) ? ' ' : c)) : name;
        return string.IsNullOrWhiteSpace(whole) ? null : whole.Trim(' ');
    }

    static bool BreaksLine(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';

    static string? Problem(ReadOnlySpan<char> name) =>
        NameText.FirstBad(name) is { } at ? $"The name {Visible.Quote(name)} may not contain {Named(name[at..])}." : null;

    static string Named(ReadOnlySpan<char> bad)
    {
        Rune.DecodeFromUtf16(bad, out var rune, out _);
        return Visible.Hides(rune) || rune == Rune.ReplacementChar ? Visible.Name(rune) : $"the character {NameText.Objection(bad)}";
    }

    static string Readable(string name) => name.AsSpan().ContainsAny(Specials) ? QuotedString.Write(name) : name;
}
