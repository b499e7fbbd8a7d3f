namespace Waybill.Server.Specs.BadInput;

[Collection(nameof(UntouchedServer))]
public class Times_and_pages_that_cannot_be(UntouchedServer server)
{
    [Theory]
    [InlineData("2020-01-01T00:00:00Z", "past")]
    [InlineData("in 0 minutes", "past")]
    [InlineData("2090-01-01T00:00:00Z", "30 days")]
    [InlineData("in 31 days", "30 days")]
    [InlineData("in 999999 days", "30 days")]
    [InlineData("2026-12-01T10:00:00", "zone")]
    [InlineData("2026-12-01", "zone")]
    [InlineData("", "zone")]
    [InlineData("soon", "zone")]
    [InlineData("tomorrow at noon", "zone")]
    [InlineData("in -1 days", "zone")]
    [InlineData("in 9999999 days", "zone")]
    [InlineData("2026-13-45T99:99:99Z", "zone")]
    [InlineData("9999-12-31T23:59:59-14:00", "zone")]
    [InlineData("0001-01-01T00:00:00+14:00", "zone")]
    [InlineData("1764000000", "zone")]
    public async Task Are_refused_with_a_word_on_what_is_wanted(string time, string named)
    {
        (await server.PostAsync(Post.With("scheduled_at", Post.Text(time)))).ShouldBe(422, "validation_error", named);
        await server.ShouldBeEmptyAsync();
    }

    [Theory]
    [InlineData("limit=0", "`limit`")]
    [InlineData("limit=101", "`limit`")]
    [InlineData("limit=-1", "`limit`")]
    [InlineData("limit=1e1", "`limit`")]
    [InlineData("limit=%2B5", "`limit`")]
    [InlineData("limit=1&limit=2", "`limit`")]
    [InlineData("limit=99999999999999999999", "`limit`")]
    [InlineData("limit=%D9%A1", "`limit`")] // an Arabic one
    [InlineData("after=x", "`after`")]
    [InlineData("after=%00", "`after`")]
    [InlineData("after={0}", "`after`")]
    [InlineData("before=%27%20OR%201=1--", "`before`")]
    [InlineData("before=019283746574839201928374657483920", "`before`")]
    [InlineData("after=01928374-6574-7392-8192-837465748392&before=01928374-6574-7392-8192-837465748392", "not both")]
    public async Task Are_refused_in_every_list(string query, string named)
    {
        foreach (var path in (string[])["/emails", "/api-keys", "/emails/01928374-6574-7392-8192-837465748392/attachments"])
            (await server.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{path}?{query}"))).ShouldBe(422, "validation_error", named);
    }
}
