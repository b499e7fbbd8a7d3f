using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Waybill.Engine.Fetching;
using Waybill.Smtp;

namespace Waybill.Engine.Relays;

/// <summary>
/// Tests the way to Resend's API: name, connection, TLS, key. The key is tried on an email without anything in it, which is refused for
/// what it lacks when the key is good: so a key that may do nothing but send passes too.
/// </summary>
internal sealed class ResendProbe(ResendTransport transport, TimeSpan limit, TimeProvider clock)
{
    readonly ResendAccount account = transport.Account;
    readonly List<TestedStage> stages = [];
    string stage = "name";

    public async Task<IReadOnlyList<TestedStage>> RunAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await ReachAsync(either.Token);
            await TryKeyAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Fail($"{account} took longer than {limit.TotalSeconds:0} seconds.", "Check the address, and that no firewall is in the way.");
        }
        catch (Exception broken)
            when (broken is SocketException or IOException or HttpRequestException or AuthenticationException or ForbiddenAddressException)
        {
            Fail($"{account}: {broken.GetBaseException().Message}", stage switch
            {
                "name" => "Check how the address is written, and that this machine can look names up.",
                "tls" => "Check that the address is that of Resend's API, and that nobody stands in between.",
                _ => "Check the address, and that no firewall is in the way.",
            });
        }

        return stages;
    }

    async Task ReachAsync(CancellationToken cancellationToken)
    {
        var host = account.BaseUrl.IdnHost;
        if (RelayHost.Objection(host) is { } nobody) throw new ForbiddenAddressException($"Waybill does not connect to {host}: {nobody}.");
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        Pass($"{host} is {string.Join(", ", addresses.Take(4).Select(address => address.ToString()))}.", next: "connect");
        if (transport.Guard is { } guard
            && addresses.Select(guard.Objection).FirstOrDefault(objection => objection is not null) is { } reason)
            throw new ForbiddenAddressException($"Waybill does not connect to {host}: {reason}.");
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(addresses, account.BaseUrl.Port, cancellationToken);
        Pass($"Connected to {client.Client.RemoteEndPoint}.", account.BaseUrl.Scheme == Uri.UriSchemeHttps ? "tls" : "key");
        if (stage == "tls") await SecureAsync(client.GetStream(), host, cancellationToken);
    }

    async Task SecureAsync(Stream plain, string host, CancellationToken cancellationToken)
    {
        await using var secured = await TlsClient.SecureAsync(plain, TlsClient.Options(host), cancellationToken);
        using var certificate = X509CertificateLoader.LoadCertificate(secured.RemoteCertificate!.GetRawCertData());
        Pass($"{TlsClient.Describe(secured)}. {RelayTester.Describe(CertificateFacts.Of(certificate))}", next: "key");
    }

    async Task TryKeyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpMessageInvoker(transport.Connection.Handler());
        using var request = new HttpRequestMessage(
            HttpMethod.Post, account.UrlOf("/emails"))
        { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", account.ApiKey);
        request.Headers.UserAgent.Add(ResendTransport.UserAgent);
        using var response = await http.SendAsync(request, cancellationToken);
        var status = (int)response.StatusCode;
        var reply =
            ResendVerdict.Judge(
                account, status, retryAfter: null, await ResendTransport.ReadAsync(response.Content, cancellationToken)).Reply;
        if (status is 400 or 422) Pass($"The key is accepted. Asked to send nothing, the server says: {reply}", next: "");
        else Fail(reply, status is 401 or 403 ? $"Check {account.KeyName}." : null);
    }

    void Pass(string said, string next)
    {
        stages.Add(new(stage, IsGood: true, said));
        stage = next;
    }

    void Fail(string said, string? hint) => stages.Add(new(stage, IsGood: false, account.WithoutKey(said), hint));
}
