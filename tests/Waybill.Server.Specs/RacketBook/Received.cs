using System.Text;
using System.Text.RegularExpressions;

namespace Waybill.Server.Specs.RacketBook;

/// <summary>A mail as a client got it, taken apart as far as these specs look.</summary>
internal sealed partial class Received(byte[] mail)
{
    readonly string text = Encoding.Latin1.GetString(mail).ReplaceLineEndings("\n");

    /// <summary>A header, unfolded; null: it has none of that name.</summary>
    public string? Header(string name)
    {
        var head = text[..text.IndexOf("\n\n", StringComparison.Ordinal)];
        var found = Regex.Match(
            head, $@"^{Regex.Escape(name)}: ((?:.*)(?:\n[ \t].*)*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1));
        return found.Success ? Unfolded().Replace(found.Value[(name.Length + 2)..], " ") : null;
    }

    /// <summary>The name of its attachment.</summary>
    public string FileName => FileNames().Match(text).Groups["name"].Value;

    /// <summary>The bytes of its PDF.</summary>
    public byte[] Pdf()
    {
        var part = text[text.IndexOf("Content-Type: application/pdf", StringComparison.Ordinal)..];
        var body = part[(part.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
        return Convert.FromBase64String(body[..body.IndexOf("\n--", StringComparison.Ordinal)]);
    }

    [GeneratedRegex(@"\n[ \t]+", RegexOptions.None, 1000)]
    private static partial Regex Unfolded();

    [GeneratedRegex("filename=\"?(?<name>[^\";\n]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileNames();
}
