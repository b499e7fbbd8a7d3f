using System.Text.RegularExpressions;
using Waybill.Testing;

namespace Waybill.Server.Specs.House;

/// <summary>A client of TLS or HTTP that is made beside the ones that fetch nothing a certificate names is a hole in <c>Egress</c>.</summary>
public partial class Connections_to_others
{
    const string TlsClients = "src/Waybill.Smtp/TlsClient.cs";
    const string HttpClients = "src/Waybill.Engine/Fetching/GuardedConnection.cs";
    const string ControlSocket = "src/Waybill.Server/Commands/RemoteVerbs.cs"; // HTTP over a socket of our own, which has no TLS

    [Fact]
    public void By_TLS_are_begun_in_one_place() => Assert.Equal([TlsClients], FilesWith(Tls()));

    [Fact]
    public void By_HTTP_are_begun_in_one_place() => Assert.Equal([HttpClients, ControlSocket], FilesWith(Http()));

    [Fact]
    public void By_HTTP_take_the_one_way_to_TLS() =>
        Assert.Contains("SslOptions = TlsClient.Options()", File.ReadAllText(Repository.PathOf(HttpClients)), StringComparison.Ordinal);

    static IEnumerable<string> FilesWith(Regex made) => Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => made.IsMatch(File.ReadAllText(file)))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"new\s+(Ssl(Stream|ClientAuthenticationOptions)|X509Chain(Policy)?|ClientWebSocket)\b|SslClientAuthenticationOptions\s+\w+\s*=\s*new|=>\s*new\(\)\s*\{\s*TargetHost|\bQuicConnection\b")]
    private static partial Regex Tls();

    [GeneratedRegex(@"\b(new\s+)?(SocketsHttpHandler|HttpClientHandler|WebRequestHandler)\s*(\(\)|\w+\(\)\s*=>\s*new)|new\s+(SocketsHttpHandler|HttpClient(Handler)?)\b|HttpClient\s+\w+\s*=\s*new|\b(AddHttpClient|WebRequest\.Create|IHttpClientFactory)\b")]
    private static partial Regex Http();
}
