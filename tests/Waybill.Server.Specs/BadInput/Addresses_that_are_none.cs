namespace Waybill.Server.Specs.BadInput;

[Collection(nameof(UntouchedServer))]
public class Addresses_that_are_none(UntouchedServer server)
{
    public static TheoryData<string> Table =>
    [
        "", " ", "ada", "@", "ada@", "@example.org", "ada@@example.org", "ada@exa mple.org", "ada @example.org", "ada@example..org",
        "ada@.example.org", "ada@example.org.", "ada@-example.org", "ada@example-.org", ".ada@example.org", "ada.@example.org",
        "a..da@example.org", "ada@[300.1.1.1]", "ada@[example.org]", "ada@exam_ple.org", "\"ada@example.org", "ada\"lovelace@example.org",
        "<ada@example.org", "Ada ada@example.org>", "Ada <ada@example.org> <eve@example.org>", "ada@example.org, eve@example.org",
        "ada@example.org;eve@example.org", "Ada, Countess <ada@example.org>", "mailto:ada@example.org",
        "ada@example.org\r\nBcc: eve@example.org", "ada@example.org\0", "\"a\r\nb\"@example.org", "Ada\r\nX: y <ada@example.org>",
        new string('a', 65) + "@example.org", "ada@" + new string('a', 64) + ".org",
        "ada@" + string.Join('.', Enumerable.Repeat("abcdefghi", 30)),
    ];

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Are_refused_in_each_field_that_takes_one(string address)
    {
        foreach (var field in (string[])["from", "to", "cc", "bcc", "reply_to"])
            (await server.PostAsync(Post.With(field, Post.Text(address)))).ShouldBe(422, "validation_error", $"Invalid `{field}` field.");
        await server.ShouldBeEmptyAsync();
    }

    [Fact]
    public async Task Are_refused_among_good_ones() =>
        (await server.PostAsync(Post.With("to", "[\"ada@example.org\",\"eve\"]"))).ShouldBe(422, "validation_error", "\"eve\"");

    [Fact]
    public async Task Are_not_replaced_by_nobody() =>
        (await server.PostAsync(Post.With("to", "[]"))).ShouldBe(422, "validation_error", "`to`");
}
