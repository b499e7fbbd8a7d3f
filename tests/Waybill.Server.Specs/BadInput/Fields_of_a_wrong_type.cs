namespace Waybill.Server.Specs.BadInput;

[Collection(nameof(UntouchedServer))]
public class Fields_of_a_wrong_type(UntouchedServer server)
{
    static readonly string[] NoText = ["7", "true", "{}", "[]", "[\"a@example.com\"]"];
    static readonly string[] NoTexts = ["7", "true", "{}", "[7]", "[null]", "[\"a@example.com\",{}]"];
    static readonly string[] NoObjects = ["7", "\"x\"", "{}", "[7]", "[null]", "[[]]"];
    static readonly string[] NoPairs = ["7", "\"x\"", "[]", "{\"X-A\":7}", "{\"X-A\":null}", "{\"X-A\":[\"a\"]}"];

    public static TheoryData<string, string> Table =>
    [
        .. Each(["from", "subject", "html", "text", "scheduled_at"], NoText), .. Each(["to", "cc", "bcc", "reply_to"], NoTexts),
        .. Each(["tags", "attachments"], NoObjects), .. Each(["headers"], NoPairs),
    ];

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Are_named(string field, string value)
    {
        var refused = await server.PostAsync(Post.With(field, value));

        refused.ShouldBe(422, "validation_error", $"`{field}`");
        await server.ShouldBeEmptyAsync();
    }

    [Theory]
    [InlineData("filename", "7")]
    [InlineData("filename", "true")]
    [InlineData("content_type", "[]")]
    [InlineData("content_id", "{}")]
    [InlineData("content", "7")]
    [InlineData("content", "\"not base64!\"")]
    [InlineData("content", "\"YQ=\"")]
    [InlineData("content", "{\"type\":\"Buffer\",\"data\":[1,256]}")]
    [InlineData("content", "{\"type\":\"Buffer\",\"data\":\"abc\"}")]
    [InlineData("path", "7")]
    [InlineData("path", "\"file:///etc/passwd\"")]
    [InlineData("path", "\"http://127.0.0.1/secret\"")]
    public async Task Are_named_in_an_attachment(string field, string value)
    {
        var other = field is "content" or "path" ? "" : ",\"content\":\"YQ==\"";
        var refused = await server.PostAsync(Post.WithAttachment($"{{\"{field}\":{value}{other}}}"));

        Assert.Equal(422, refused.Status);
        Assert.Contains(refused.Name, (string[])["validation_error", "invalid_attachment"]);
        Assert.NotEmpty(refused.Message);
        await server.ShouldBeEmptyAsync();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"x\"")]
    [InlineData("[]")]
    public async Task Are_no_email_as_a_whole(string body) =>
        (await server.PostAsync(body)).ShouldBe(422, "validation_error", "JSON object");

    [Theory]
    [InlineData("{}", "array")]
    [InlineData("[]", "between 1 and 100")]
    [InlineData("[7]", "emails[0]")]
    [InlineData("[{}]", "emails[0]")]
    public async Task Are_no_batch(string body, string named)
    {
        var refused = await server.PostAsync(body, "/emails/batch");

        Assert.Equal(422, refused.Status);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"name\":7}", "`name`")]
    [InlineData("{\"name\":\"\"}", "`name`")]
    [InlineData("{\"name\":\"a\\nb\"}", "`name`")]
    [InlineData("{\"name\":\"x\",\"permission\":\"root\"}", "`permission`")]
    [InlineData("{\"name\":\"x\",\"scopes\":[\"root\"]}", "`scopes`")]
    [InlineData("{\"name\":\"x\",\"scopes\":7}", "`scopes`")]
    [InlineData("{\"name\":\"x\",\"domain_id\":\"d\"}", "`domain_id`")]
    public async Task Make_no_key(string body, string named) =>
        (await server.PostAsync(body, "/api-keys")).ShouldBe(422, "validation_error", named);

    [Theory]
    [InlineData("template", "{\"id\":\"welcome\"}")]
    [InlineData("topic_id", "\"news\"")]
    public async Task Or_of_something_that_Waybill_does_not_have_are_named(string field, string value) =>
        (await server.PostAsync(Post.With(field, value))).ShouldBe(422, "validation_error", $"`{field}`");

    static IEnumerable<(string Field, string Value)> Each(string[] fields, string[] values) =>
        fields.SelectMany(_ => values, (name, value) => (name, value));
}
