using System.Net;
using System.Text.RegularExpressions;
using Waybill.Testing;

namespace Waybill.Server.Specs;

/// <summary>
/// A browser of somebody who uses the pages, the owner if nobody else is named. Cookies are carried by hand: a Secure one is not sent over
/// http.
/// </summary>
public sealed partial class OperatorClient : IDisposable
{
    readonly Dictionary<string, string> cookies = new(StringComparer.Ordinal);

    OperatorClient(ServerProcess server) => Http = new HttpClient(new Jar(this)) { BaseAddress = server.Address };

    /// <summary>Carries the session and follows no redirect.</summary>
    public HttpClient Http { get; }

    /// <summary>The answer to what was signed in by.</summary>
    public HttpResponseMessage Entrance { get; private set; } = null!;

    /// <summary>What the last page with a form gave its form.</summary>
    public string FormToken { get; private set; } = "";

    /// <summary>Somebody who has no session.</summary>
    public static OperatorClient Stranger(ServerProcess server) => new(server);

    public static async Task<OperatorClient> EnterAsync(
        ServerProcess server, string email = ServerProcess.OwnerEmail, string password = ServerProcess.OwnerPassword)
    {
        var client = new OperatorClient(server);
        await client.GetAsync("/admin/sign-in");
        client.Entrance = await client.PostAsync("/admin/sign-in", new() { ["email"] = email, ["password"] = password });
        Assert.Equal(HttpStatusCode.SeeOther, client.Entrance.StatusCode);
        return client;
    }

    /// <summary>Signs in with a password that may be asked for more, or be wrong.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string email, string password = Accounts.AccountsServer.Password)
    {
        await GetAsync("/admin/sign-in");
        return await PostAsync("/admin/sign-in", new() { ["email"] = email, ["password"] = password });
    }

    /// <summary>The link of the newest start that makes the owner.</summary>
    public static Uri LinkOf(ServerProcess server) => new(Link().Matches(server.Output)[^1].Value);

    /// <summary>A page's text, characters as people see them.</summary>
    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        return (answer.StatusCode, await ReadAsync(answer));
    }

    /// <summary>Posts a form with the token of the last page that had one.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields.Append(KeyValuePair.Create("__RequestVerificationToken", FormToken)));
        return await Http.PostAsync(new Uri(path, UriKind.RelativeOrAbsolute), form);
    }

    /// <summary>A cookie as the browser has it; null when it has none.</summary>
    public string? Cookie(string name) => cookies.GetValueOrDefault(name);

    /// <summary>All of them, as the browser sends them.</summary>
    public string CookieHeader => string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    /// <summary>Puts a cookie there, or takes it away.</summary>
    public void Plant(string name, string? value)
    {
        if (value is null) cookies.Remove(name);
        else cookies[name] = value;
    }

    /// <summary>The answer's text, and the token of its form if it has one.</summary>
    public async Task<string> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        if (Token().Match(text) is { Success: true } token) FormToken = token.Groups["token"].Value;
        return WebUtility.HtmlDecode(text);
    }

    public void Dispose()
    {
        Entrance?.Dispose();
        Http.Dispose();
    }

    [GeneratedRegex("http://\\S+/admin/first/\\S+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    /// <summary>Keeps what Set-Cookie says, Secure or not.</summary>
    sealed class Jar(OperatorClient browser) : DelegatingHandler(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (browser.cookies.Count > 0) request.Headers.Add("Cookie", browser.CookieHeader);
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set))
                foreach (var cookie in set) Keep(cookie.Split(';')[0].Split('=', 2));
            return answer;
        }

        void Keep(string[] pair) => browser.Plant(pair[0], pair[1].Length > 0 ? pair[1] : null);
    }
}
