using System.Text;
using Waybill.Engine.Relays;
using Waybill.Engine.Retrying;
using Waybill.Engine.Specs.Databases;
using Waybill.Mime;
using Waybill.Mime.Addresses;
using Waybill.Smtp;
using Xunit;

namespace Waybill.Engine.Specs.Fetching;

/// <summary>Whoever shows such a certificate to one of our clients would have it call an address that <c>Egress</c> forbids.</summary>
public sealed class Certificates_that_name_addresses
{
    public static TheoryData<string> Clients =>
        ["attachment", "resend test", "resend", "smtp test, implicit", "smtp test, starttls", "smtp"];

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Are_not_followed(string client)
    {
        await using var bait = LoopbackPeer.Answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        await using var peer = BaitedCertificate.Presenting(
            BaitedCertificate.Naming(bait.Url("/ca.cer")), client == "smtp test, starttls" ? BeginTlsAsync : null);

        await CallAsync(client, peer.Port);

        Assert.NotEqual(0, peer.Connections);
        Assert.Equal(0, bait.Connections);
    }

    static async Task CallAsync(string client, int port)
    {
        var url = new Uri($"https://127.0.0.1:{port}/a");
        switch (client)
        {
            case "attachment":
                using (var fetcher = Outbound.Fetcher()) Assert.EndsWith(
                    "offers no TLS that Waybill can trust.", await fetcher.RefusalOf(url));
                break;
            case "resend test":
                await TestAsync(Resend(url), "tls");
                break;
            case "resend":
                await using (var transport = Resend(url)) await HandOverAsync(transport);
                break;
            case "smtp":
                await using (var transport = Smtp(port, RelaySecurity.ImplicitTls)) await HandOverAsync(transport);
                break;
            default:
                await TestAsync(
                    Smtp(port, client.EndsWith("implicit", StringComparison.Ordinal) ? RelaySecurity.ImplicitTls : RelaySecurity.StartTls),
                    "tls");
                break;
        }
    }

    static ResendTransport Resend(Uri url) => new(new ResendAccount(url, "re_123", "the key"), sessions: 1, TimeProvider.System);

    static SmtpTransport Smtp(int port, RelaySecurity security) => new(
        new RelayEndpoint { Host = "127.0.0.1", Port = port, HeloName = "post.example", Security = security },
        new SessionPoolLimits { MaxSessions = 1 }, TimeProvider.System);

    static async Task TestAsync(ITransport transport, string failed)
    {
        await using (transport)
        {
            var stage =
                (await new RelayTester(TimeProvider.System).TestAsync(transport, Address.Parse("shop@example.com"), Outbound.Soon()))[^1];
            Assert.Equal((failed, false), (stage.Stage, stage.IsGood));
        }
    }

    static async Task HandOverAsync(ITransport transport)
    {
        var from = Mailbox.Parse("shop@example.com");
        var ada = Address.Parse("ada@example.org");
        var message = new MimeMessage
        {
            From = from,
            To = [new(null, ada)],
            Subject = "Hi",
            Text = "Hi",
            Date = Noon.Instant,
            MessageId = "<1@example.com>",
            BoundarySeed = "1"
        };
        var parcel = new Parcel(
            from.Address, [(0, ada)], MessageContent.FromMemory("Subject: Hi\r\n\r\nHi\r\n"u8.ToArray()))
        { Message = message };

        var report = await transport.HandOverAsync(parcel, Outbound.Soon());

        Assert.IsType<AttemptOutcome.Deferred>(Assert.Single(report.Outcomes).Value);
    }

    static async Task BeginTlsAsync(Stream stream, CancellationToken stopping)
    {
        await SayAsync("220 mx\r\n");
        await HearAsync();
        await SayAsync("250-mx\r\n250 STARTTLS\r\n");
        await HearAsync();
        await SayAsync("220 go\r\n");

        ValueTask SayAsync(string words) => stream.WriteAsync(Encoding.ASCII.GetBytes(words), stopping);

        async Task HearAsync()
        {
            var one = new byte[1];
            while (one[0] != '\n' && await stream.ReadAsync(one, stopping) > 0) { }
        }
    }
}
