using System.Text.RegularExpressions;
using Waybill.Testing;

namespace Waybill.Server.Specs;

/// <summary>An operator who opened the sign-in link from the console. Cookies are carried by hand: a Secure one is not sent over http.</summary>
public sealed partial class OperatorClient : IDisposable
{
    OperatorClient(HttpClient http, HttpResponseMessage entrance) => (Http, Entrance) = (http, entrance);

    /// <summary>Carries the session and follows no redirect.</summary>
    public HttpClient Http { get; }

    /// <summary>The answer to the sign-in link.</summary>
    public HttpResponseMessage Entrance { get; }

    public static async Task<OperatorClient> EnterAsync(ServerProcess server)
    {
        var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server.Address };
        var entrance = await http.GetAsync(LinkOf(server));
        var cookie = entrance.Headers.GetValues("Set-Cookie").Single();
        http.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        return new(http, entrance);
    }

    /// <summary>The link of the newest start.</summary>
    public static Uri LinkOf(ServerProcess server) => new(Link().Matches(server.Output)[^1].Value);

    public void Dispose()
    {
        Entrance.Dispose();
        Http.Dispose();
    }

    [GeneratedRegex("http://\\S+/admin/enter/\\S+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
