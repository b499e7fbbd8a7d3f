using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Testing;

namespace Waybill.Server.Specs.RacketBook;

/// <summary>A stringer at work through the API, with a key of their own; the server's first key is an admin's.</summary>
internal sealed class Workshop
{
    static int newest;

    readonly HttpClient http;

    Workshop(ServerProcess server, JsonElement stringer, HttpClient http) => (Server, Stringer, this.http) = (server, stringer, http);

    public ServerProcess Server { get; }

    /// <summary>The stringer, as they were made.</summary>
    public JsonElement Stringer { get; }

    public string Id => Stringer.GetProperty("id").GetString()!;

    /// <summary>Makes a stringer, and a key that is theirs.</summary>
    public static async Task<Workshop> OpenAsync(ServerProcess server, string displayName = "Court Side Strings", string locale = "en")
    {
        var name = FormattableString.Invariant($"stringer{Interlocked.Increment(ref newest)}-{Environment.ProcessId}");
        var made =
            await CallAsync(
                server.Client, HttpMethod.Post, "stringers", new { email = $"{name}@example.org", display_name = displayName, locale });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        return new(server, made.Body, server.ClientWith(await server.MakeKeyAsync(name)));
    }

    public Task<Answer> GetAsync(string path) => CallAsync(http, HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, object? body = null) => CallAsync(http, HttpMethod.Post, path, body);

    public Task<Answer> PutAsync(string path, object? body = null) => CallAsync(http, HttpMethod.Put, path, body);

    public Task<Answer> PatchAsync(string path, object body, int? version = null) => CallAsync(http, HttpMethod.Patch, path, body, version);

    /// <summary>What a call of a path answers, whatever it is.</summary>
    public async Task<HttpStatusCode> StatusAsync(string method, string path) =>
        (await CallAsync(
            http, new HttpMethod(method), path["/racketbook/v1/".Length..], method is "GET" or "DELETE" ? null : new { })).Status;

    public async Task<Answer> PutLogoAsync(byte[] image, int? version = null)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Put, new Uri("/racketbook/v1/stringer/logo", UriKind.Relative))
        { Content = new ByteArrayContent(image) };
        Expect(request, version);
        using var answer = await http.SendAsync(request);
        return await ReadAsync(answer);
    }

    public Task<Answer> DeleteAsync(string path) => CallAsync(http, HttpMethod.Delete, path);

    /// <summary>As an admin, in this stringer's book.</summary>
    public Task<Answer> AsAdminAsync(HttpMethod method, string path, object? body = null) =>
        CallAsync(Server.Client, method, $"{path}?as_stringer={Id}", body);

    /// <summary>As an admin, in nobody's book.</summary>
    public static Task<Answer> AdminAsync(ServerProcess server, HttpMethod method, string path, object? body) =>
        CallAsync(server.Client, method, path, body);

    public async Task<string> ClientAsync(string? email, string first = "Anna", string last = "Muster") =>
        (await PostAsync("clients", new { first_name = first, last_name = last, email })).Id;

    /// <summary>The stringer's own profile, whose orders are self-jobs.</summary>
    public async Task<string> SelfAsync() => (await GetAsync("clients")).Body.GetProperty("data").EnumerateArray()
        .Single(client => client.GetProperty("is_self_for_stringer").GetBoolean()).GetProperty("id").GetString()!;

    public async Task<string> RacketAsync(string model = "Blade 98") =>
        (await PostAsync("rackets", new { maker = "Wilson", model, head_size = 98, pattern = "16x19" })).Id;

    /// <summary>An order of CHF 45.00 that waits for the machine.</summary>
    public async Task<string> OrderAsync(string client, string? racket = null) =>
        (await PostAsync("orders", Job(client, racket ?? await RacketAsync()))).Id;

    /// <summary>What an order of CHF 45.00 says.</summary>
    public static Dictionary<string, object?> Job(string client, string racket) => new(StringComparer.Ordinal)
    {
        ["client_id"] = client,
        ["racket_id"] = racket,
        ["main_maker"] = "Babolat",
        ["main_model"] = "RPM Blast",
        ["main_gauge"] = "1.25",
        ["main_tension"] = 23,
        ["main_price"] = 10,
        ["cross_maker"] = "Babolat",
        ["cross_model"] = "RPM Blast",
        ["cross_gauge"] = "1.25",
        ["cross_tension"] = 22,
        ["cross_price"] = 10,
        ["labour"] = 25,
    };

    public Task<Answer> StringAsync(string order) => PutAsync($"orders/{order}/strung");

    /// <summary>The log of an order's emits, oldest first.</summary>
    public async Task<JsonElement[]> EmitsAsync(string order) =>
        [.. (await GetAsync($"orders/{order}/emits")).Body.GetProperty("data").EnumerateArray()];

    public async Task<byte[]> ReceiptAsync(string order) =>
        await http.GetByteArrayAsync(new Uri($"/racketbook/v1/orders/{order}/receipt.pdf", UriKind.Relative));

    public async Task<byte[]> PastReceiptAsync(string order, string emit) =>
        await http.GetByteArrayAsync(new Uri($"/racketbook/v1/orders/{order}/emits/{emit}/receipt.pdf", UriKind.Relative));

    /// <summary>What a path lets one download, and what it calls it.</summary>
    public async Task<(byte[] Bytes, string? Name)> FileAsync(string path)
    {
        using var answer = await http.GetAsync(new Uri("/racketbook/v1/" + path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadAsByteArrayAsync(), answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
    }

    /// <summary>Calls something of the engine's with the stringer's key.</summary>
    public async Task<JsonElement> EngineAsync(string path) => await http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    /// <summary>Changes the stringer's default brand.</summary>
    public async Task BrandAsync(object change)
    {
        var brands = (await EngineAsync("/v1/brands")).GetProperty("data");
        var id = brands.EnumerateArray().Single(brand => brand.GetProperty("is_default").GetBoolean()).GetProperty("id").GetString();
        using var changed = await http.PatchAsJsonAsync(new Uri($"/v1/brands/{id}", UriKind.Relative), change);
        Assert.True(changed.IsSuccessStatusCode, await changed.Content.ReadAsStringAsync());
    }

    /// <summary>Publishes a template of the stringer's own, in place of the one that ships.</summary>
    public async Task PublishAsync(string alias, string subject, string markdown, params string[] variables)
    {
        using var made =
            await http.PostAsJsonAsync(
                new Uri("/templates", UriKind.Relative),
                new { name = alias, alias, subject, markdown, variables = variables.Select(key => new { key, type = "string" }) });
        var id = (await ReadAsync(made)).Id;
        using var published = await http.PostAsync(new Uri($"/templates/{id}/publish", UriKind.Relative), content: null);
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync());
    }

    static async Task<Answer> CallAsync(HttpClient client, HttpMethod method, string path, object? body = null, int? version = null)
    {
        using var request = new HttpRequestMessage(method, new Uri("/racketbook/v1/" + path, UriKind.Relative));
        if (body is not null) request.Content = JsonContent.Create(body);
        Expect(request, version);
        using var answer = await client.SendAsync(request);
        return await ReadAsync(answer);
    }

    static void Expect(HttpRequestMessage request, int? version)
    {
        if (version is { } expected) request.Headers.TryAddWithoutValidation("If-Match", FormattableString.Invariant($"\"{expected}\""));
    }

    static async Task<Answer> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return new(
            answer.StatusCode,
            text.Length > 0 && answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true
                ? JsonDocument.Parse(text).RootElement
                : default, text);
    }
}

/// <summary>An answer of the book's API.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonElement Body, string Said)
{
    /// <summary>The id of what was made.</summary>
    public string Id => Body.TryGetProperty("id", out var id) ? id.GetString()! : throw new InvalidOperationException($"{Status}: {Said}");

    public string? Text(string name) => Body.GetProperty(name).GetString();

    /// <summary>The fields that are wrong, and how, in order.</summary>
    public string Faults =>
        string.Join(
            ' ', Body.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("field")}:{error.GetProperty("code")}"));
}
