using System.Net;
using System.Text;
using Waybill.Engine.Accounts;
using Waybill.Engine.Keys;
using Waybill.Testing;

namespace Waybill.Server.Specs.Access;

/// <summary>A server with two shops that have one of each thing, and everybody who might ask for it.</summary>
public sealed class Cast : IAsyncLifetime
{
    const string Password = "a lamp on the stairs";

    readonly HttpClient http = new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });

    internal ServerProcess Server { get; private set; } = null!;

    /// <summary>Whose things are asked for. Its stringer was made an admin of the book, so that nobody else of it may be one.</summary>
    internal Things First { get; private set; } = null!;

    internal Things Second { get; private set; } = null!;

    internal IReadOnlyList<Somebody> All { get; private set; } = [];

    internal IEnumerable<Somebody> Of(Place place) => All.Where(one => one.Place == place);

    public async ValueTask InitializeAsync()
    {
        Server = await ServerProcess.StartAsync();
        using var owner = await OperatorClient.EnterAsync(Server);
        First = await Things.MakeAsync(Server, "alpha", owner);
        Second = await Things.MakeAsync(Server, "beta", owner);
        (await RacketBook.Workshop.AdminAsync(
            Server, HttpMethod.Patch, "stringers/" + First.Stringer, new { role = "admin" })).Body.GetProperty("role");
        var links = new List<(Somebody Who, string Email, string Link)>();
        foreach (var (who, email, place) in People())
            links.Add(
                (who, email,
                    await Accounts.AccountsServer.InviteAsync(owner, email, (who.InTenant ?? who.InInstance)!.Value.Word(), place)));
        var people = await Task.WhenAll(links.Select(link => JoinAsync(link.Who, link.Email, link.Link)));
        await First.KnowPersonAsync(owner, "viewer@alpha.example");
        await Second.KnowPersonAsync(owner, "owner@beta.example");
        await First.KnowPersonAsync(owner, "viewer@instance.example", "/admin/instance");
        All = [new Somebody("nobody"), .. people, .. await KeysAsync()];
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (Server is not null) await Server.DisposeAsync();
    }

    /// <summary>What they are answered.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The path with its query.</param>
    /// <param name="isForm">Whether it is a form of a page, or JSON for the API.</param>
    /// <param name="hasProof">Whether it comes with what shows that it is from a page of ours.</param>
    /// <param name="isHarmless">Whether it expects a version that nothing has, so that nothing is changed by it.</param>
    internal async Task<HttpStatusCode> AskAsync(
        Somebody who, string method, string path, bool isForm, bool hasProof = true, bool isHarmless = false)
    {
        using var answer = await SendAsync(who, method, path, isForm, hasProof, isHarmless);
        return answer.StatusCode;
    }

    /// <summary>What they are shown.</summary>
    internal async Task<string> ReadAsync(Somebody who, string path)
    {
        using var answer = await SendAsync(who, "GET", path, isForm: true, hasProof: true, isHarmless: true);
        return await answer.Content.ReadAsStringAsync();
    }

    async Task<HttpResponseMessage> SendAsync(Somebody who, string method, string path, bool isForm, bool hasProof, bool isHarmless)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Server.Address, path));
        if (who.Cookies is { } cookies) request.Headers.Add("Cookie", cookies);
        if (who.Secret is { } secret) request.Headers.Add("Authorization", "Bearer " + secret);
        if (isHarmless) request.Headers.Add("If-Match", "\"999\"");
        if (who.Naming is { } tenant) request.Headers.Add("Waybill-Tenant", tenant);
        if (hasProof && who.IsSignedIn) request.Headers.Add("Sec-Fetch-Site", "same-origin");
        if (method is not "GET" and not "DELETE") request.Content = isForm ? Form(who, hasProof) : Json(path);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    static FormUrlEncodedContent Form(Somebody who, bool hasProof) =>
        new(hasProof ? [KeyValuePair.Create("__RequestVerificationToken", who.FormToken)] : []);

    /// <summary>Enough for the routes that read the body before they look for the thing.</summary>
    static StringContent Json(string path) => new(
        path.StartsWith("/racketbook", StringComparison.Ordinal) ? "{}"
        : path.StartsWith("/v1/routes", StringComparison.Ordinal)
            ? """{"event_type":"order.made","template":"theirs","stream":"api","recipient":"{{data.email}}"}"""
        : """{"name":"x","scheduled_at":"in 5 minutes"}""",
        Encoding.UTF8,
        "application/json");

    static IEnumerable<(Somebody Who, string Email, string Place)> People()
    {
        yield return (new("the stringer of alpha", Place.First) { InTenant = Role.Member, IsBookAdmin = true }, "alpha@example.org",
            "/admin/t/alpha");
        foreach (var role in Roles.All)
            yield return (new($"{role.Word()} of alpha", Place.First) { InTenant = role }, $"{role.Word()}@alpha.example",
                "/admin/t/alpha");
        yield return (new("owner of beta", Place.Second) { InTenant = Role.Owner }, "owner@beta.example", "/admin/t/beta");
        foreach (var role in Roles.All.Where(role => role != Role.Member))
            yield return (new($"{role.Word()} of the instance") { InInstance = role, IsBookAdmin = role >= Role.Operator },
                $"{role.Word()}@instance.example", "/admin/instance");
    }

    async Task<Somebody> JoinAsync(Somebody who, string email, string link)
    {
        using var client = OperatorClient.Stranger(Server);
        await client.GetAsync(link);
        using var joined = await client.PostAsync(link, new() { ["name"] = who.Name, ["language"] = "en", ["password"] = Password });
        Assert.True(joined.StatusCode == HttpStatusCode.SeeOther, $"{email}: {joined.StatusCode}");
        await client.GetAsync("/admin/account");
        if (who.Place == Place.First && who.IsBookAdmin)
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/racketbook/stringers")).Status);
        return who with { Cookies = client.CookieHeader, FormToken = client.FormToken };
    }

    async Task<IReadOnlyList<Somebody>> KeysAsync()
    {
        var instance = await Server.MakeKeyAsync(tenant: null);
        List<Somebody> keys =
        [
            new("full key of alpha", Place.First) { Scopes = [Scope.Full], Secret = First.Key },
            new("full key of beta", Place.Second) { Scopes = [Scope.Full], Secret = Second.Key },
            new("full key of the first tenant") { Scopes = [Scope.Full], Secret = Server.ApiKey, IsOperators = true, IsBookAdmin = true },
            new("instance key") { Scopes = [Scope.Full], Secret = instance, IsInstances = true, IsOperators = true, IsUnbound = true },
            new("instance key for nobody") { Scopes = [Scope.Full], Secret = instance, IsInstances = true, IsOperators = true,
                IsUnbound = true, Naming = "nobody" },
            new(
                "instance key for alpha",
                Place.First) { Scopes = [Scope.Full], Secret = instance, IsInstances = true, IsOperators = true, IsBookAdmin = true,
                    Naming = "alpha" },
            new("full key of beta for alpha") { Scopes = [Scope.Full], Secret = Second.Key, IsUnbound = true, Naming = "alpha" },
            new("made-up key") { Scopes = [], Secret = "wb_" + new string('a', 32), IsRevoked = true },
        ];
        foreach (var scope in Scope.All.Except([Scope.Full, Scope.Metrics]))
            keys.Add(
                new($"key of alpha with {scope}", Place.First) { Scopes = [scope], Secret = (await First.MakeKeyAsync(scope)).Secret });
        var revoked = await First.MakeKeyAsync(Scope.Full);
        var before = new Somebody("revoked key of alpha", Place.First) { Scopes = [Scope.Full], Secret = revoked.Secret, IsRevoked = true };
        Assert.Equal(HttpStatusCode.OK, await AskAsync(before, "GET", "/emails", isForm: false)); // it is remembered now
        await First.RevokeAsync(revoked.Id);
        return [.. keys, before];
    }
}
