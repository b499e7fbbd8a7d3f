using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Waybill.Smtp.Content;

namespace Waybill.Smtp.Specs.Content;

public class Stuffing_dots
{
    [Theory]
    [InlineData("", ".\r\n")]
    [InlineData("a", "a\r\n.\r\n")]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    [InlineData(".", "..\r\n.\r\n")]
    [InlineData(".\r\n", "..\r\n.\r\n")]
    [InlineData("..\r\n", "...\r\n.\r\n")]
    [InlineData("a.\r\n.b\r\n", "a.\r\n..b\r\n.\r\n")]
    [InlineData("a\n.\n", "a\r\n..\r\n.\r\n")]
    [InlineData("a\r.\r", "a\r\n..\r\n.\r\n")]
    [InlineData("a\r\r\n.", "a\r\n\r\n..\r\n.\r\n")]
    [InlineData("a\n\r.b", "a\r\n\r\n..b\r\n.\r\n")]
    [InlineData("\r\n.\r\nMAIL FROM:<x@y>\r\n", "\r\n..\r\nMAIL FROM:<x@y>\r\n.\r\n")]
    [InlineData("\r\n\r\n.\r\n", "\r\n\r\n..\r\n.\r\n")]
    [InlineData("a\r", "a\r\n.\r\n")]
    public void Doubles_a_dot_that_begins_a_line_and_makes_every_line_end_crlf(string content, string wire) =>
        Assert.Equal(wire, Wire([content]));

    [Fact]
    public void Undone_gives_the_normalised_content_back_whatever_the_chunking()
    {
        var content = Gen.Elements("\r", "\n", "\r\n", ".", "..", "a", "\r\n.\r\n", "\n.\n", "\r.\r", "\0").ListOf().Select(string.Concat);
        var chunks = Gen.ListOf(Gen.Choose(1, 5));

        var property = Prop.ForAll(content.Zip(chunks).ToArbitrary(), scene => Holds(scene.Item1, [.. scene.Item2]));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), property);
    }

    [Fact]
    public void Costs_at_most_twice_the_length()
    {
        var content = string.Concat(Enumerable.Repeat("\n.", 10_000));

        Assert.True(Wire([content]).Length <= (2 * content.Length) + 5);
    }

    static bool Holds(string content, int[] chunks)
    {
        var wire = Wire(Cut(content, chunks));
        var normal = Regex.Replace(content, "\r\n|\r|\n", "\r\n", RegexOptions.None, TimeSpan.FromSeconds(1));
        if (normal.Length > 0 && !normal.EndsWith("\r\n", StringComparison.Ordinal)) normal += "\r\n";
        return Unstuffed(wire) == normal && EndsOnceOnly(wire) && HasNoBareLineEnd(wire);
    }

    // What a receiver sees that reads by RFC 5321 §4.5.2; the command before DATA's content ended in CRLF.
    static bool EndsOnceOnly(string wire) => $"\r\n{wire}".IndexOf("\r\n.\r\n", StringComparison.Ordinal) == wire.Length + 2 - 5;

    static bool HasNoBareLineEnd(string wire) => !wire.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().ContainsAny('\r', '\n');

    static string Unstuffed(string wire) =>
        string.Join("\r\n", wire[..^3].Split("\r\n").Select(line => line.StartsWith('.') ? line[1..] : line));

    static IEnumerable<string> Cut(string content, int[] chunks)
    {
        var at = 0;
        for (var chunk = 0; at < content.Length; chunk++)
        {
            var length = Math.Min(content.Length - at, chunks.Length == 0 ? content.Length : chunks[chunk % chunks.Length]);
            yield return content.Substring(at, length);
            at += length;
        }
    }

    static string Wire(IEnumerable<string> pieces)
    {
        var (stuffer, wire) = (new DotStuffer(), new ArrayBufferWriter<byte>());
        foreach (var piece in pieces) stuffer.Write(Encoding.Latin1.GetBytes(piece), wire);
        stuffer.Finish(wire);
        return Encoding.Latin1.GetString(wire.WrittenSpan);
    }
}
