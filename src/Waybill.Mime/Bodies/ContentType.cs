using System.Buffers;
using System.Text;
using Waybill.Mime.Addresses;

namespace Waybill.Mime.Bodies;

/// <summary>
/// An attachment's media type (RFC 2045 §5.1), written from its parsed parts; anything doubtful is a plain run of octets.
/// </summary>
static class ContentType
{
    internal const string Octets = "application/octet-stream";

    const int Longest = 200;

    static readonly SearchValues<char> Token =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`{|}~");

    /// <summary>
    /// The type and its parameters, ready to write. A composite type would need its content read (multipart) or forbids base64 (message,
    /// RFC 2046 §5.2), so both are sent as octets; so is what does not parse. <c>name</c> and <c>boundary</c> are dropped: they are ours
    /// to write.
    /// </summary>
    internal static string Safe(string given) =>
        given.Length <= Longest && TryRead(given, out var type) && !IsComposite(type) ? type : Octets;

    static bool IsComposite(string type) =>
        type.StartsWith("multipart/", StringComparison.Ordinal) || type.StartsWith("message/", StringComparison.Ordinal);

    static bool TryRead(ReadOnlySpan<char> text, out string type)
    {
        var read = new StringBuilder();
        var end = text.IndexOf(';');
        var ok = TryReadType(end < 0 ? text : text[..end], read);
        while (ok && end >= 0)
        {
            text = text[(end + 1)..].TrimStart(' ');
            ok = TryReadParameter(text, read, out end);
        }
        type = read.ToString();
        return ok;
    }

    static bool TryReadType(ReadOnlySpan<char> text, StringBuilder read)
    {
        text = text.Trim(' ');
        var slash = text.IndexOf('/');
        if (slash < 0 || !IsToken(text[..slash]) || !IsToken(text[(slash + 1)..])) return false;
        read.Append(text.ToString().ToLowerInvariant());
        return true;
    }

    /// <summary>Reads one parameter; <paramref name="end"/> is where the semicolon after it stands, or -1.</summary>
    static bool TryReadParameter(ReadOnlySpan<char> text, StringBuilder read, out int end)
    {
        end = -1;
        var equals = text.IndexOf('=');
        if (equals < 0 || !IsToken(text[..equals])) return false;
        var name = text[..equals].ToString().ToLowerInvariant();
        var rest = text[(equals + 1)..];
        var valueEnd = rest is ['"', ..] ? QuotedString.End(rest) : rest.IndexOf(';') is var next and >= 0 ? next : rest.Length;
        var after = rest[valueEnd..].TrimStart(' ');
        if (after is not ([] or [';', ..]) || !TryReadValue(rest[..valueEnd].TrimEnd(' '), out var value)) return false;

        if (after is [';', ..]) end = text.Length - after.Length;
        if (name is not ("name" or "boundary")) read.Append("; ").Append(name).Append('=').Append(value);
        return true;
    }

    static bool TryReadValue(ReadOnlySpan<char> written, out string value)
    {
        value = written.ToString();
        if (IsToken(written)) return true;
        if (!QuotedString.TryRead(written, out var unquoted) || unquoted.AsSpan().ContainsAnyExceptInRange(' ', '~')) return false;
        value = QuotedString.Write(unquoted);
        return true;
    }

    static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Token);
}
