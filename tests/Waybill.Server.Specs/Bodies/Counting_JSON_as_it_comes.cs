using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Server.Bodies;

namespace Waybill.Server.Specs.Bodies;

public class Counting_JSON_as_it_comes
{
    /// <summary>Random JSON, with escapes, blanks and numbers of every form, cut anywhere.</summary>
    [Fact]
    public void Comes_to_what_the_reader_counts_however_it_is_cut()
    {
        var random = new Random(10);
        for (var round = 0; round < 2_000; round++)
        {
            var json = Encoding.UTF8.GetBytes(Value(random, depth: 0));
            var tally = new JsonTally(hasAttachments: round % 2 == 0);

            foreach (var piece in Cut(random, json)) tally.Add(piece.Span);

            Assert.True(Tokens(json) == tally.Tokens, Encoding.UTF8.GetString(json));
            Assert.Equal(json.Length, tally.TextOctets);
        }
    }

    [Theory]
    [InlineData("{\"attachments\":[{\"filename\":\"a\",\"content\":\"QUJD\"}],\"html\":\"QUJD\"}", 6)]
    [InlineData("[{\"attachments\":[{\"content\":\"QUJD\"}]},{\"attachments\":[{\"content\":\"QUJD\"}]}]", 12)]
    [InlineData("{\"template\":{\"variables\":{\"attachments\":[{\"content\":\"QUJD\"}]}}}", 0)]
    [InlineData("{\"attachments\":{\"content\":\"QUJD\"}}", 0)]
    [InlineData("{\"content\":\"QUJD\",\"attachments\":[\"content\",[{\"content\":\"QUJD\"}]]}", 0)]
    [InlineData("{\"attachments\":[{\"content\":{\"type\":\"Buffer\",\"data\":[65,66,67]}}]}", 9)]
    public void Knows_the_contents_of_attachments_from_text(string json, int contents)
    {
        var tally = new JsonTally(hasAttachments: true);
        foreach (var piece in Cut(new Random(2), Encoding.UTF8.GetBytes(json))) tally.Add(piece.Span);

        Assert.Equal(contents, tally.ContentOctets);
    }

    [Fact]
    public void Counts_a_Buffer_as_one_value_and_says_where_it_is()
    {
        const string json = "{\"attachments\":[{\"content\":{\"type\":\"Buffer\",\"data\":[65, 66 ,67]}}]}";
        var tally = new JsonTally(hasAttachments: true);

        tally.Add(Encoding.UTF8.GetBytes(json));

        var (start, end) = Assert.Single(tally.Buffers);
        Assert.Equal("[65, 66 ,67]", json[start..end]);
        Assert.Equal(Tokens(Encoding.UTF8.GetBytes(json)) - 3, tally.Tokens);
    }

    [Fact]
    public void Counts_numbers_anywhere_else()
    {
        var tally = new JsonTally(hasAttachments: true);

        tally.Add("{\"attachments\":[{\"data\":[1,2,3]}],\"content\":{\"data\":[1,2,3]}}"u8);

        Assert.Equal(Tokens("{\"attachments\":[{\"data\":[1,2,3]}],\"content\":{\"data\":[1,2,3]}}"u8), tally.Tokens);
        Assert.Empty(tally.Buffers);
    }

    [Fact]
    public void Ends_where_it_goes_too_deep()
    {
        var tally = new JsonTally(hasAttachments: false);

        tally.Add(Encoding.ASCII.GetBytes(new string('[', 10_000)));

        Assert.True(tally.IsTooDeep);
        Assert.InRange(tally.Tokens, 0, JsonTally.Deepest + 1);
    }

    static int Tokens(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var tokens = 0;
        while (reader.Read()) tokens++;
        return tokens;
    }

    static IEnumerable<ReadOnlyMemory<byte>> Cut(Random random, byte[] json)
    {
        for (var at = 0; at < json.Length;)
        {
            var length = Math.Min(random.Next(1, 9), json.Length - at);
            yield return json.AsMemory(at, length);
            at += length;
        }
    }

    static string Value(Random random, int depth) => random.Next(depth > 4 ? 5 : 8) switch
    {
        0 => Blank(random) + random.Next().ToString(CultureInfo.InvariantCulture),
        1 => "-1.5e-3" + Blank(random),
        2 => random.Next(2) == 0 ? "true" : "null",
        3 => Text(random),
        4 => "[]",
        5 => $"[{Blank(random)}{string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => Value(random, depth + 1)))}]",
        _ =>
            $"{{{string.Join(',' + Blank(random), Enumerable.Range(0, random.Next(5)).Select(_ => $"{Text(random)}{Blank(random)}:{Value(random, depth + 1)}"))}}}",
    };

    static string Text(Random random)
    {
        string[] parts = ["a", "content", "[1,2]", "\"", "\\", "é", "\n", "{", "attachments", "data"];
        return JsonValue.Create(string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => parts[random.Next(parts.Length)])))
            .ToJsonString();
    }

    static string Blank(Random random) => random.Next(4) == 0 ? " \n\t\r"[..random.Next(1, 5)] : "";
}
