using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Waybill.Testing;

namespace Waybill.Server.Specs.Access;

/// <summary>A stringer's tenant with one of each thing that there is, made by its own key.</summary>
internal sealed partial class Things
{
    /// <summary>By the segment of a path before them.</summary>
    readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);

    readonly HttpClient http;

    Things(string tenant, string key, HttpClient http) => (Tenant, Key, this.http) = (tenant, key, http);

    public string Tenant { get; }

    public string Key { get; }

    /// <summary>The stringer's id, which is the tenant's.</summary>
    public string Stringer => ids["stringers"];

    /// <summary>The ids of all of them.</summary>
    public IEnumerable<string> Ids =>
        ids.Where(thing => thing.Key[0] != '/').Select(thing => thing.Value).Where(id => Guid.TryParse(id, out _));

    /// <summary>Makes the tenant and what is in it.</summary>
    public static async Task<Things> MakeAsync(ServerProcess server, string tenant, OperatorClient owner)
    {
        using var made =
            await server.Client.PostAsJsonAsync(
                new Uri("/racketbook/v1/stringers", UriKind.Relative),
                new { email = $"{tenant}@example.org", display_name = tenant, locale = "en" });
        var stringer = (await made.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        foreach (var status in (string[])["disabled", "active"]) // who is invited would have to say first who they are
            (await server.Client.PatchAsJsonAsync(
                new Uri("/racketbook/v1/stringers/" + stringer, UriKind.Relative), new { status })).EnsureSuccessStatusCode().Dispose();
        var key = await server.MakeKeyAsync(tenant);
        var things = new Things(tenant, key, server.ClientWith(key));
        things.ids["stringers"] = stringer;
        await things.WriteAsync();
        await things.MailAsync();
        await things.StringAsync();
        things.ids["invitations"] = await things.InviteAsync(owner);
        return things;
    }

    /// <summary>A path with the ids of these things, or of nothing.</summary>
    public string Fill(string template, bool isOfNothing = false)
    {
        var parts = template.Split('/');
        return string.Join(
            '/',
            parts.Select(
                (part, i) => part[..Math.Min(1, part.Length)] != "{"
                    ? part
                    : part == "{tenant}" ? Tenant : isOfNothing ? Nothing(part, parts[i - 1]) : Id(parts, i)))
            + (template.EndsWith("/compare", StringComparison.Ordinal) ? $"?a={ids["emits"]}&b={ids["emits"]}" : "");
    }

    static string Nothing(string part, string before) =>
        before == "streams" ? "nothing" : part.Contains("int", StringComparison.Ordinal) ? "99" : "01928374-6574-7392-8192-837465748392";

    string Id(string[] parts, int i) => (parts[1], parts[i - 1]) switch
    {
        (_, "streams") => "api",
        ("admin", "people") when parts[2] == "instance" => ids["/admin/instance/people"],
        (_, "messages") when parts[^1] is "render" or "source.eml" => ids["sent"],
        (_, "tenants") => Tenant,
        ("events", "events") => ids["event-types"],
        (_, var kind) => ids.GetValueOrDefault(kind) ?? "nothing",
    };

    async Task MailAsync()
    {
        ids["emails"] = ids["messages"] = await PostAsync("/emails", new
        {
            from = "shop@example.com",
            to = "ada@example.org",
            subject = "Waiting",
            html = "<p>Hello</p>",
            scheduled_at = "in 1 day",
            attachments = new[] { new { filename = "a.txt", content = "YQ==" } },
        });
        ids["attachments"] = (await GetAsync($"/emails/{ids["emails"]}/attachments")).GetProperty("data")[0].GetProperty("id").GetString()!;
        ids["sent"] =
            await PostAsync("/emails", new { from = "shop@example.com", to = "ada@example.org", subject = "Sent", text = "Hello" });
        await Eventually.IsTrueAsync(
            "a mail to be sent", async () => (await GetAsync("/emails/" + ids["sent"])).GetProperty("last_event").GetString() == "sent");
        ids["suppressions"] = await PostAsync("/suppressions", new { email = "gone@example.org" });
        ids["keys"] = ids["api-keys"] = await PostAsync("/api-keys", new { name = "to be revoked" });
        ids["event-types"] = await PostAsync("/events", new { name = "order.made" });
        ids["routes"] =
            await PostAsync(
                "/v1/routes",
                new
                {
                    event_type = "order.made",
                    template = "theirs",
                    stream = "api",
                    recipient = "{{data.email}}",
                    conditions = new[] { new { path = "data.plan", equals = "pro" } }
                });
        await PostAsync(
            "/events/send", new { @event = "order.made", email = "ada@example.org", payload = new { email = "ada@example.org" } },
            field: null);
        ids["events"] = (await GetAsync("/v1/events")).GetProperty("data")[0].GetProperty("id").GetString()!;
        ids["logs"] = await Eventually.GetAsync("a request to be noted", async () =>
            (await GetAsync("/logs")).GetProperty("data") is var logs && logs.GetArrayLength() > 0
                ? logs[0].GetProperty("id").GetString()
                : null);
    }

    async Task WriteAsync()
    {
        ids["templates"] = await PostAsync("/templates", new { name = "Theirs", alias = "theirs", subject = "Hello", markdown = "Hello" });
        await PostAsync($"/templates/{ids["templates"]}/publish", new { });
        ids["brands"] = await PostAsync("/v1/brands", new { alias = "theirs", name = "Theirs", sender_address = "shop@example.com" });
        await PutPictureAsync($"/v1/brands/{ids["brands"]}/logo");
        ids["relays"] = await PostAsync("/v1/relays", new { kind = "smtp", name = "theirs", host = "smtp.example.net" });
    }

    async Task StringAsync()
    {
        const string book = "/racketbook/v1/";
        ids["clients"] = await PostAsync(book + "clients", new { first_name = "Anna", email = "anna@example.net" });
        ids["rackets"] = await PostAsync(book + "rackets", new { maker = "Wilson", model = "Blade 98" });
        ids["strings"] = await PostAsync(book + "strings", new { model = "RPM Blast" });
        ids["orders"] =
            await PostAsync(
                book + "orders",
                new
                {
                    client_id = ids["clients"],
                    racket_id = ids["rackets"],
                    main_model = "RPM Blast",
                    main_tension = 23,
                    cross_model = "RPM Blast",
                    cross_tension = 22,
                    labour = 25
                });
        await PutPictureAsync(book + "stringer/logo");
        using var strung = await http.PutAsync(new Uri($"{book}orders/{ids["orders"]}/strung", UriKind.Relative), content: null);
        Assert.True(strung.IsSuccessStatusCode, await strung.Content.ReadAsStringAsync());
        ids["emits"] = await Eventually.GetAsync("the emit to be logged", async () =>
            (await GetAsync($"{book}orders/{ids["orders"]}/emits")).GetProperty("data") is var emits && emits.GetArrayLength() > 0
                ? emits[0].GetProperty("id").GetString()
                : null);
        ids["submissions"] = ids["moderation"] = await PostAsync(book + "submissions", new { kind = "racket", row_id = ids["rackets"] });
        ids["notices"] = (await GetAsync(book + "notices")).GetProperty("data") is var notices && notices.GetArrayLength() > 0
            ? notices[0].GetProperty("id").GetString()!
            : "nothing";
    }

    async Task<string> InviteAsync(OperatorClient owner)
    {
        await Accounts.AccountsServer.InviteAsync(owner, $"invited.to.{Tenant}@example.org", "viewer", "/admin/t/" + Tenant);
        return Invitation().Match((await owner.GetAsync($"/admin/t/{Tenant}/people")).Text).Groups["id"].Value;
    }

    /// <summary>A person of the tenant, as pages name them.</summary>
    public async Task KnowPersonAsync(OperatorClient owner, string email, string? place = null)
    {
        var page = (await owner.GetAsync((place ?? "/admin/t/" + Tenant) + "/people")).Text;
        ids[place is null ? "people" : place + "/people"] =
            Person().Matches(page[..page.IndexOf($"<td>{email}", StringComparison.Ordinal)])[^1].Groups["id"].Value;
    }

    /// <summary>Gives their client another nickname.</summary>
    public async Task RenameClientAsync(string nickname) =>
        (await http.PatchAsJsonAsync(
            new Uri("/racketbook/v1/clients/" + ids["clients"], UriKind.Relative), new { nickname })).EnsureSuccessStatusCode().Dispose();

    /// <summary>A further key, made by the first.</summary>
    public async Task<(string Id, string Secret)> MakeKeyAsync(string scope)
    {
        using var made = await http.PostAsJsonAsync(new Uri("/api-keys", UriKind.Relative), new { name = scope, scopes = new[] { scope } });
        var key = await made.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return (key.GetProperty("id").GetString()!, key.GetProperty("token").GetString()!);
    }

    public async Task RevokeAsync(string key) =>
        (await http.DeleteAsync(new Uri("/api-keys/" + key, UriKind.Relative))).EnsureSuccessStatusCode().Dispose();

    async Task<JsonElement> GetAsync(string path) => await http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    async Task<string> PostAsync(string path, object body, string? field = "id")
    {
        using var answer = await http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return field is null ? "" : JsonDocument.Parse(text).RootElement.GetProperty(field).GetString()!;
    }

    async Task PutPictureAsync(string path)
    {
        using var image =
            new ByteArrayContent(
                await File.ReadAllBytesAsync(Repository.PathOf("tests/Fixtures/Images/logo.png")))
            {
                Headers =
                    { ContentType = new MediaTypeHeaderValue("image/png") }
            };
        using var put = await http.PutAsync(new Uri(path, UriKind.Relative), image);
        Assert.True(put.IsSuccessStatusCode, path);
    }

    [GeneratedRegex("/people/invitations/(?<id>[0-9a-f-]{36})/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Invitation();

    [GeneratedRegex("/people/(?<id>[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Person();
}
