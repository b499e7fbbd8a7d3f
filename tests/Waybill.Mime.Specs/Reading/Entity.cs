using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Waybill.Mime.Specs.Reading;

/// <summary>
/// What a strict reader makes of a message's bytes. It shares no code with the writer and forgives nothing: a bare CR or LF, a line over
/// 998 octets, an octet beyond printable ASCII, a header without a name or a boundary that does not close fails the spec.
/// </summary>
sealed partial record Entity(IReadOnlyList<(string Name, string Value)> Headers, byte[] Body, IReadOnlyList<Entity> Parts)
{
    public static Entity Read(byte[] message)
    {
        AssertLines(message);
        return ReadEntity(message);
    }

    public string this[string name] => Assert.Single(Headers, header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public IEnumerable<string> Names => Headers.Select(header => header.Name);

    public string MediaType => this["Content-Type"].Split(';')[0];

    public byte[] Content => this["Content-Transfer-Encoding"] switch
    {
        "base64" => Convert.FromBase64String(Encoding.ASCII.GetString(Body)),
        "quoted-printable" => Decoding.QuotedPrintable(Body),
        _ => Body,
    };

    public string Text => new UTF8Encoding(false, true).GetString(Content);

    public string Parameter(string header, string name) => Decoding.Parameter(this[header], name);

    /// <summary>The structure in one line: <c>mixed(alternative(plain,html),pdf)</c>.</summary>
    public string Shape =>
        Parts.Count == 0 ? MediaType.Split('/')[1] : $"{MediaType.Split('/')[1]}({string.Join(",", Parts.Select(part => part.Shape))})";

    public IEnumerable<Entity> Leaves => Parts.Count == 0 ? [this] : Parts.SelectMany(part => part.Leaves);

    static void AssertLines(ReadOnlySpan<byte> message)
    {
        Assert.True(message.EndsWith("\r\n"u8), "The message ends with CRLF.");
        while (!message.IsEmpty)
        {
            var end = message.IndexOfAny((byte)'\r', (byte)'\n');
            Assert.True(message[end..].StartsWith("\r\n"u8), "A CR or LF stands alone.");
            Assert.True(end <= 998, $"A line has {end} octets.");
            var odd = message[..end].IndexOfAnyExceptInRange((byte)' ', (byte)'~');
            Assert.True(odd < 0 || message[odd] == '\t', "Not printable ASCII.");
            message = message[(end + 2)..];
        }
    }

    static Entity ReadEntity(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.StartsWith("\r\n"u8) ? -2 : bytes.IndexOf("\r\n\r\n"u8);
        var headers = end < 0 ? [] : ReadHeaders(Encoding.ASCII.GetString(bytes[..end]));
        var body = bytes[(end + 4)..].ToArray();
        var type = headers.FirstOrDefault(header => header.Name == "Content-Type").Value ?? "";
        var parts = type.StartsWith("multipart/", StringComparison.Ordinal) ? ReadParts(body, Decoding.Parameter(type, "boundary")) : [];
        return new Entity(headers, body, parts);
    }

    static List<(string Name, string Value)> ReadHeaders(string block)
    {
        var fields = new List<StringBuilder>();
        foreach (var line in block.Split("\r\n"))
        {
            Assert.False(string.IsNullOrWhiteSpace(line), "A header line is blank.");
            if (line[0] is ' ' or '\t') fields[^1].Append(line);
            else fields.Add(new StringBuilder(line));
        }
        return [.. fields.Select(field => ReadHeader(field.ToString()))];
    }

    static (string Name, string Value) ReadHeader(string unfolded)
    {
        var field = Field().Match(unfolded);
        Assert.True(field.Success, $"Not a header field: {unfolded}");
        return (field.Groups["name"].Value, field.Groups["value"].Value.Trim(' '));
    }

    static List<Entity> ReadParts(byte[] body, string boundary)
    {
        var pieces = Encoding.Latin1.GetString([.. "\r\n"u8, .. body]).Split($"\r\n--{boundary}");
        Assert.Equal("", pieces[0]);
        Assert.Contains(pieces[^1], new[] { "--", "--\r\n" });
        return [.. pieces[1..^1].Select(piece => ReadPart(piece))];
    }

    static Entity ReadPart(string piece)
    {
        Assert.StartsWith("\r\n", piece, StringComparison.Ordinal);
        return ReadEntity(Encoding.Latin1.GetBytes(piece[2..]));
    }

    [GeneratedRegex("^(?<name>[!-9;-~]+):(?<value>.*)$", RegexOptions.ExplicitCapture, 20_000)]
    private static partial Regex Field();
}
