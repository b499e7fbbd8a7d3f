using System.Text;

namespace Waybill.Server.Specs.BadInput;

[Collection(nameof(UntouchedServer))]
public class Json_that_cannot_be_read(UntouchedServer server)
{
    public static TheoryData<string, string, string> Table => new()
    {
        { "empty", "", "is empty" },
        { "blank", "  \n", "JSON" },
        { "cut short", Post.Good().ToJsonString()[..40], "JSON" },
        { "trailing garbage", Post.Good().ToJsonString() + "x", "'x' is invalid after a single JSON value" },
        { "two values", Post.Good().ToJsonString() + "{}", "after a single JSON value" },
        { "a comment", "/* hello */" + Post.Good().ToJsonString(), "JSON" },
        { "a trailing comma", Post.Good().ToJsonString()[..^1] + ",}", "trailing comma" },
        { "single quotes", "{'from':'a@example.com'}", "JSON" },
        { "a duplicate name", Post.Good().ToJsonString()[..^1] + ",\"to\":\"eve@example.net\"}", "Duplicate property 'to'" },
        { "a duplicate name, escaped", Post.Good().ToJsonString()[..^1] + ",\"t\\u006f\":\"eve@example.net\"}", "Duplicate property 'to'" },
        { "nesting 10,000 deep", new string('[', 10_000) + new string(']', 10_000), "depth of 32" },
        { "objects 10,000 deep", string.Concat(Enumerable.Repeat("{\"a\":", 10_000)), "depth of 32" },
        { "half a character in a value", Post.With("html", "\"\\ud83d\""), "surrogate" },
        { "the other half in a value", Post.With("subject", "\"\\uDE00 x\""), "surrogate" },
        { "half a character in a name", Post.With("\\ud800", "1"), "surrogate" },
        { "half a character in a header's name", Post.With("headers", "{\"X-\\ud800\":\"x\"}"), "surrogate" },
        { "half a character in base64", Post.WithAttachment("{\"filename\":\"a\",\"content\":\"\\udfff\"}"), "surrogate" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Is_refused_with_a_sentence_that_says_why(string what, string body, string named)
    {
        var refused = await server.PostAsync(body);

        Assert.NotEmpty(what);
        refused.ShouldBe(400, "validation_error", named);
        await server.ShouldBeEmptyAsync();
    }

    [Theory]
    [InlineData("/emails")]
    [InlineData("/emails/batch")]
    [InlineData("/api-keys")]
    public async Task Is_refused_wherever_a_body_is_read(string path) =>
        (await server.PostAsync("{\"from\":", path)).ShouldBe(400, "validation_error", "JSON");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Is_refused_when_its_bytes_are_not_UTF_8(int where)
    {
        string[] halves = [Post.With("html", "\"#\""), Post.With("headers", "{\"X-#\":\"x\"}")];
        var bytes = Encoding.ASCII.GetBytes(halves[where]);
        bytes[Array.IndexOf(bytes, (byte)'#')] = 0xFF;

        (await server.PostAsync(bytes)).ShouldBe(400, "validation_error", "UTF-8");
        await server.ShouldBeEmptyAsync();
    }

    [Fact]
    public async Task Is_refused_in_UTF_16()
    {
        var body = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Post.Good().ToJsonString()));

        (await server.PostAsync([.. body])).ShouldBe(400, "validation_error", "UTF-8");
    }

    [Fact]
    public async Task Is_refused_as_plain_text()
    {
        using var text = new StringContent("Dear Sirs, please send this.", Encoding.UTF8, "text/plain");

        (await server.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/emails") { Content = text })).ShouldBe(
            400, "validation_error", "JSON");
    }

    [Fact]
    public async Task Does_not_mean_whole_characters_in_escapes()
    {
        var refused = await server.PostAsync(Post.With("to", "\"\\ud83d\\ude00\""));

        refused.ShouldBe(422, "validation_error", "`to`");
    }
}
