using System.Text.Json;
using Waybill.Screens.Framing;

namespace Waybill.Server.Specs.Screens;

public sealed class JSON_for_people
{
    [Theory]
    [InlineData("👩‍🚀 مرحبا Grüße <b> & 'x' +")]
    [InlineData("a pair after \\ 👍, and one spelled out: \\uD83D\\uDC4D, \\\\uD83D\\uDC4D")]
    [InlineData("\n\t\" \u0007")]
    public void Says_the_same_as_before(string text) =>
        Assert.Equal(text, JsonSerializer.Deserialize<string>(ReadableJson.Line(JsonSerializer.SerializeToElement(text))));

    [Fact]
    public void Has_letters_and_emoji_as_they_are() =>
        Assert.Equal("\"Grüße 👍 <b> \\\\👍\"", ReadableJson.Line(JsonSerializer.SerializeToElement("Grüße 👍 <b> \\👍")));

    [Fact]
    public void Leaves_alone_what_only_looks_like_an_escape() =>
        Assert.Equal("\"\\\\uD83D\\\\uDC4D\"", ReadableJson.Line(JsonSerializer.SerializeToElement("\\uD83D\\uDC4D")));
}
