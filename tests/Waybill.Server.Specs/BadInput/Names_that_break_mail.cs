using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Waybill.Server.Specs.BadInput;

/// <summary>What stands in a header or on a page is asked where it comes in: taken there, it stopped every mail later.</summary>
public class Names_that_break_mail(SharedServer shared)
{
    const string Bad = "Acme\\u2028Inc";

    /// <summary>Where a name is posted, and the field that the answer names.</summary>
    public static TheoryData<string, string, string> Fields => new()
    {
        { "/v1/brands", $$"""{"alias":"bad-name","name":"{{Bad}}"}""", "name" },
        { "/v1/brands", $$"""{"alias":"bad-name","name":"Acme","sender_name":"{{Bad}}"}""", "sender_name" },
        { "/v1/relays", $$"""{"name":"{{Bad}}","kind":"resend","api_key":"re_1"}""", "name" },
        { "/v1/relays", """{"name":"bad","kind":"smtp","host":"mx.example","from":"\u202eAcme <a@example.org>"}""", "from" },
        { "/api-keys", $$"""{"name":"{{Bad}}","permission":"full_access"}""", "name" },
        { "/templates", $$"""{"name":"{{Bad}}","html":"<p>Hi</p>"}""", "name" },
        { "/templates", $$"""{"name":"Bad","html":"<p>Hi</p>","subject":"{{Bad}}"}""", "subject" },
        { "/templates", """{"name":"Bad","html":"<p>Hi</p>","from":"\u2067Acme <a@example.org>"}""", "from" },
        { "/events", $$"""{"name":"{{Bad}}"}""", "name" },
        { "/events/send", $$"""{"event":"{{Bad}}","email":"a@example.org"}""", "event" },
        { "/v1/events", $$"""{"specversion":"1.0","id":"1","source":"/shop","type":"{{Bad}}"}""", "type" },
        { "/emails", Post.With("from", $"\"{Bad} <shop@example.com>\""), "from" },
        { "/emails", Post.With("from", "\"\\u202eemcA <shop@example.com>\""), "from" },
        { "/emails", Post.With("to", "\"\\u2066Ada <ada@example.org>\""), "to" },
        { "/emails", Post.With("reply_to", "\"Ada\\u202c <ada@example.org>\""), "reply_to" },
        { "/templates", $$"""{"name":"Bad","html":"<p>Hi</p>","locales":[{"locale":"de","html":"<p>Hi</p>","subject":"{{Bad}}"}]}""",
            "subject" },
        { "/emails", Post.With("subject", $"\"{Bad}\""), "subject" },
        { "/emails", Post.With("subject", "\"Hi\\u202eevil\""), "subject" },
        { "/emails", Post.With("headers", $$"""{"X-Shop":"{{Bad}}"}"""), "headers" },
        { "/emails", Post.With("headers", """{"X-Shop":"\u202epohS"}"""), "headers" },
        { "/emails", Post.WithAttachment("""{"content":"YQ==","filename":"\u202efdp.exe"}"""), "filename" },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Are_refused_with_the_field_and_the_character(string path, string body, string field)
    {
        using var posted = new StringContent(
            body, Encoding.UTF8, path == "/v1/events" ? "application/cloudevents+json" : "application/json");
        using var answer = await (await shared.ServerAsync()).Client.PostAsync(new Uri(path, UriKind.Relative), posted);
        var error = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Contains(
            field, error.GetProperty(path.StartsWith("/v1", StringComparison.Ordinal) ? "detail" : "message").GetString(),
            StringComparison.Ordinal);
        Assert.Contains("U+20", error.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u200f\u0634\u0643\u0631\u0627 2026\u200e")]
    [InlineData("\u05e7\u05d1\u05dc\u05d4 \u2066INV-1\u2069")]
    public async Task Are_no_marks_that_Arabic_and_Hebrew_are_written_with(string subject)
    {
        using var posted = new StringContent(Post.With("subject", Post.Text(subject)), Encoding.UTF8, "application/json");
        using var answer = await (await shared.ServerAsync()).Client.PostAsync(new Uri("/emails", UriKind.Relative), posted);

        Assert.Equal(200, (int)answer.StatusCode);
    }
}
