using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Waybill.Mime.Addresses;

namespace Waybill.Mime.Headers;

/// <summary>
/// A header field beyond those Waybill writes itself. Its value is folded only at white space it already has; where it is not ASCII it
/// becomes encoded-words (RFC 2047), unless the field is one that machines read.
/// </summary>
public sealed record MimeHeader
{
    const int LongestName = 70;

    static readonly SearchValues<char> Ftext =
        SearchValues.Create([.. Enumerable.Range(33, 94).Select(code => (char)code).Where(code => code != ':')]);

    MimeHeader(string name, string value) => (Name, Value) = (name, value);

    /// <summary>The field name as given: at most 70 printable ASCII characters without a colon (RFC 5322 §3.6.8).</summary>
    public string Name { get; }

    /// <summary>The value as text, without space at its ends; a tab is the only control character in it.</summary>
    public string Value { get; }

    /// <summary>Checks a header field.</summary>
    /// <param name="name">The field name.</param>
    /// <param name="value">The value as text, not folded; words encoded already are kept as they stand.</param>
    /// <param name="header">The header, when it may be written.</param>
    /// <param name="problem">Otherwise one sentence that says what is wrong, safe to show.</param>
    public static bool TryCreate(
        string? name, string? value, [NotNullWhen(true)] out MimeHeader? header, [NotNullWhen(false)] out string? problem)
    {
        var text = (value ?? "").Trim(' ', '\t');
        problem = WrongName(name ?? "") ?? WrongValue(name ?? "", text);
        header = problem is null ? new MimeHeader(name!, text) : null;
        return problem is null;
    }

    static string? WrongName(string name)
    {
        if (name.Length == 0) return "The header has no name.";
        if (name.Length > LongestName) return $"The header name {Visible.Quote(name)} is longer than {LongestName} characters.";
        if (name.AsSpan().ContainsAnyExcept(Ftext))
        {
            return $"The header name {Visible.Quote(name)} may contain only printable ASCII characters, and no colon or space.";
        }
        return FieldNames.AreOurs(name) ? $"The header {name} is written by Waybill itself and cannot be set." : null;
    }

    static string? WrongValue(string name, string value)
    {
        if (value.Length == 0) return $"The header {name} has no value.";
        if (value.AsSpan().IndexOfAny(LineBreakers.AllButTab) is var at and >= 0)
        {
            return $"The value of the header {name} may not contain {Visible.Name(new Rune(value[at]))}.";
        }
        if (!Ascii.IsValid(value))
        {
            return FieldNames.AreReadByMachines(name) ? $"The value of the header {name} may contain only ASCII characters." : null;
        }
        return HeaderWriter.HasLongWord(value)
            ? $"The value of the header {name} has a word of more than {HeaderWriter.LongestWord} characters, which cannot be folded."
            : null;
    }
}
