using Waybill.Testing;

namespace Waybill.Server.Specs.House;

/// <summary>
/// A client of TLS or HTTP that is made beside the ones that fetch nothing a certificate names is a hole in <c>Egress</c>.
/// </summary>
public class Connections_to_others
{
    const string Tls = "src/Waybill.Smtp/TlsClient.cs";
    const string OverSmtp = "src/Waybill.Smtp/Wires/TlsHandshake.cs";
    const string Http = "src/Waybill.Engine/Fetching/GuardedConnection.cs";
    const string ControlSocket = "src/Waybill.Server/Control/ControlClient.cs"; // HTTP over a socket of our own, which has no TLS

    /// <summary>What makes a client, and the only files that may name it.</summary>
    public static TheoryData<string, string[]> Makers => new()
    {
        { "new SslStream", [Tls] },
        { "SslClientAuthenticationOptions", [Tls, OverSmtp] },
        { "X509ChainPolicy", [Tls] },
        { "SocketsHttpHandler", [Http, ControlSocket] },
        { "HttpClient", [ControlSocket] },
        { "ClientWebSocket", [] },
        { "QuicConnection", [] },
        { "WebRequest", [] },
    };

    [Theory]
    [MemberData(nameof(Makers))]
    public void Are_begun_in_one_place(string maker, string[] files) => Assert.Equal(files.Order(StringComparer.Ordinal), FilesWith(maker));

    [Fact]
    public void By_HTTP_take_the_one_way_to_TLS() =>
        Assert.Contains("SslOptions = TlsClient.Options()", File.ReadAllText(Repository.PathOf(Http)), StringComparison.Ordinal);

    [Fact]
    public void By_SMTP_take_the_one_way_to_TLS() =>
        Assert.Contains(
            "var options = TlsClient.Options(endpoint.Host);", File.ReadAllText(Repository.PathOf(OverSmtp)), StringComparison.Ordinal);

    static IEnumerable<string> FilesWith(string maker) =>
        Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => File.ReadAllText(file).Contains(maker, StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);
}
