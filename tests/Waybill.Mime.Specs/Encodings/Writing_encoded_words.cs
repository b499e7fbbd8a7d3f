using System.Text;
using Waybill.Mime.Encodings;
using Waybill.Mime.Specs.Messages;
using Waybill.Mime.Specs.Reading;
using Xunit;

namespace Waybill.Mime.Specs.Encodings;

public class Writing_encoded_words
{
    [Theory]
    [InlineData("Ihre Größe: 42", "=?utf-8?b?SWhyZSBHcsO2w59lOiA0Mg==?=")]
    [InlineData("Deine neue Größe ist 42", "=?utf-8?q?Deine_neue_Gr=C3=B6=C3=9Fe_ist_42?=")]
    [InlineData("漢字", "=?utf-8?b?5ryi5a2X?=")]
    [InlineData("a=b?c_d", "=?utf-8?b?YT1iP2NfZA==?=")]
    [InlineData("ü", "=?utf-8?b?w7w=?=")]
    [InlineData("=?utf-8?q?x?=", "=?utf-8?b?PT91dGYtOD9xP3g/PQ==?=")]
    public void Takes_the_shorter_of_Q_and_B(string text, string expected) => Assert.Equal([expected], Encode(text));

    [Fact]
    public void Stays_within_75_columns_and_keeps_code_points_whole_for_any_text()
    {
        var hostile = new Hostile(seed: 3);
        for (var round = 0; round < 3000; round++)
        {
            var text = hostile.Text();
            var words = Encode(text, () => 40 + hostile.Next(60));

            Assert.All(words, word => Assert.InRange(word.Length, 13, 75));
            Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), Decoding.EncodedWords(string.Join(" ", words)));
        }
    }

    [Fact]
    public void Keeps_marks_and_joined_emoji_with_their_character()
    {
        var family = "👩‍👩‍👧";
        var words = Encode(string.Concat(Enumerable.Repeat(family, 9)));

        Assert.All(words, word => Assert.StartsWith("👩", Decoding.EncodedWords(word), StringComparison.Ordinal));
        Assert.All(words, word => Assert.EndsWith("👧", Decoding.EncodedWords(word), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢")]
    public void Cuts_a_character_that_has_more_marks_than_a_word_can_hold(string start)
    {
        var text = start + new string('\u0301', 200);
        var words = Encode(text, () => 40);

        Assert.All(words, word => Assert.InRange(word.Length, 13, 40));
        Assert.Equal(text, Decoding.EncodedWords(string.Join(" ", words)));
    }

    static List<string> Encode(string text, Func<int>? width = null)
    {
        var words = new List<string>();
        for (var encoder = new EncodedWords(text); encoder.Any;)
        {
            using var output = new OctetBuffer(16);
            encoder.WriteNext(output, width?.Invoke() ?? 75);
            words.Add(Encoding.ASCII.GetString(output.Written.Span));
        }
        return words;
    }
}
