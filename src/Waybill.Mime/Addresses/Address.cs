using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Waybill.Mime.Addresses;

/// <summary>
/// One addr-spec (RFC 5321 §4.1.2, RFC 5322 §3.4.1, RFC 6531 §3.3). It is always written from its parsed parts, never from the text
/// it came from. Two are equal when the local parts are the same to the letter and the domains are the same in lower case.
/// </summary>
public sealed record Address
{
    const int Longest = 254;

    /// <summary>Quoting and other spellings of a domain can make a good address longer than it is, but not by this much.</summary>
    const int LongestWritten = 1000;

    Address(string localPart, string domain) => (LocalPart, Domain) = (localPart, domain);

    /// <summary>The local part as written, without quotes and escapes.</summary>
    public string LocalPart { get; }

    /// <summary>The domain in A-labels and lower case, or an address literal such as <c>[192.0.2.1]</c>.</summary>
    public string Domain { get; }

    /// <summary>The domain in U-labels, for people to read; equal to <see cref="Domain"/> where that stands for no other name.</summary>
    public string UnicodeDomain => DomainName.Unicode(Domain);

    /// <summary>True when only a relay with SMTPUTF8 (RFC 6531) can take the address: its local part is not ASCII.</summary>
    public bool NeedsSmtpUtf8 => !Ascii.IsValid(LocalPart);

    /// <summary>Reads one address without comments, folding or surrounding space.</summary>
    /// <param name="text">The addr-spec, for example <c>ada@example.org</c>.</param>
    /// <param name="address">The address, when it is one.</param>
    /// <param name="problem">Otherwise one sentence that says what is wrong, safe to show.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Address? address, [NotNullWhen(false)] out string? problem)
    {
        problem = Read(text ?? "", out address);
        return problem is null;
    }

    /// <summary>Reads an address that is known to be one.</summary>
    /// <exception cref="FormatException">It is not; the message is the sentence of <see cref="TryParse"/>.</exception>
    public static Address Parse(string text) =>
        TryParse(text, out var address, out var problem) ? address : throw new FormatException(problem);

    /// <summary>The wire form: local part quoted only where it must be, <c>@</c>, ASCII domain.</summary>
    public override string ToString() => $"{Addresses.LocalPart.Write(LocalPart)}@{Domain}";

    static string? Read(string text, out Address? address)
    {
        address = null;
        if (text.Length == 0) return "The address is empty.";
        if (text.Length > LongestWritten) return TooLong(text);
        var at = Addresses.LocalPart.End(text);
        if (at < 0) return $"The address {Visible.Quote(text)} has no @.";
        if (Addresses.LocalPart.Read(text.AsSpan(0, at), out var localPart) is { } wrongLocalPart) return wrongLocalPart;
        if (DomainName.Read(text.AsSpan(at + 1), out var domain) is { } wrongDomain) return wrongDomain;

        var parsed = new Address(localPart, domain);
        if (Encoding.UTF8.GetByteCount(parsed.ToString()) > Longest) return TooLong(text);
        address = parsed;
        return null;
    }

    static string TooLong(string text) => $"The address {Visible.Quote(text)} is longer than {Longest} octets.";
}
