using System.Security.Cryptography.X509Certificates;
using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs.Sessions;

/// <summary>
/// Required TLS is never weakened: in each of these scenes a man in the middle, or a broken relay, gets neither credentials nor mail.
/// </summary>
public class Securing_a_connection
{
    const string Hello = "S: 220 mx\nC: EHLO post.example\nS: 250-mx\nS: 250-AUTH PLAIN LOGIN\n";
    const string Offered = Hello + "S: 250 STARTTLS\nC: STARTTLS\n";

    static RelayEndpoint Endpoint(RelaySecurity security = RelaySecurity.StartTls) => new()
    {
        Host = "mx.example",
        HeloName = "post.example",
        Security = security,
        User = "ada",
        Password = "correct horse",
        TrustedRoots = Certificates.Roots,
    };

    static Play Scene(
        Delivery delivery, string script, X509Certificate2? certificate = null, RelaySecurity security = RelaySecurity.StartTls) =>
        new(delivery, script)
        {
            Endpoint = Endpoint(security),
            IsLoopback = false,
            Peers = [new ScriptedPeer(script, certificate ?? Certificates.Good)],
        };

    static async Task FailsAsync(Play play, string why)
    {
        var handOver = await play.HandOverAsync();

        Assert.Equal(DialogueStage.Tls, handOver.RouteFault?.Stage);
        Assert.StartsWith(why, handOver.RouteFault!.Sentence, StringComparison.Ordinal);
        Assert.IsType<RecipientOutcome.Deferred>(Assert.Single(handOver.Outcomes));
        Assert.DoesNotContain("AUTH", play.Peer.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain("MAIL", play.Peer.Heard, StringComparison.Ordinal);
    }

    [Theory, EachDelivery]
    public async Task Succeeds_and_introduces_itself_again(Delivery delivery)
    {
        await using var play = Scene(delivery, Offered + """
            S: 220 go ahead
            X: tls
            C: EHLO post.example
            S: 250-mx
            S: 250 AUTH PLAIN
            C: AUTH PLAIN AGFkYQBjb3JyZWN0IGhvcnNl
            S: 235 2.7.0 welcome
            C: MAIL FROM:<post@waybill.example>
            S: 250 ok
            C: RCPT TO:<ada@example.org>
            S: 250 ok
            C: DATA
            S: 354 go
            C: [content]
            S: 250 queued
            C: QUIT
            S: 221 bye
            """);

        Assert.Equal("accepted: 250 queued", Play.Told(await play.HandOverAsync()));
        Assert.DoesNotContain("AUTH", play.Peer.HeardInClear, StringComparison.Ordinal);
    }

    [Theory, EachDelivery]
    public async Task Fails_where_starttls_is_not_offered(Delivery delivery)
    {
        await using var play = Scene(delivery, Hello + "S: 250 SIZE\nC: [end]");

        await FailsAsync(play, "The relay mx.example does not offer STARTTLS, and TLS is required for it.");
    }

    [Theory]
    [EachDelivery("454 4.7.0 TLS not available")]
    [EachDelivery("501 no parameters, please")]
    [EachDelivery("250 why not")]
    public async Task Fails_where_starttls_is_refused(Delivery delivery, string reply)
    {
        await using var play = Scene(delivery, $"{Offered}S: {reply}\nC: [end]");

        await FailsAsync(play, $"The relay mx.example did not begin TLS: {reply}");
    }

    [Fact]
    public async Task Fails_where_words_in_clear_follow_the_220()
    {
        await using var play = Scene(Delivery.InOneBlit, Offered + "S: 220 go ahead\nS: 250-mx\nS: 250 AUTH PLAIN\nC: [end]");

        await FailsAsync(play, "Somebody between us and mx.example slipped in words in clear before TLS began.");
    }

    [Theory, EachDelivery]
    public async Task Fails_where_words_in_clear_take_the_place_of_the_handshake(Delivery delivery)
    {
        await using var play = Scene(delivery, Offered + "S: 220 go ahead\nS: 250-mx\nS: 250 AUTH PLAIN\nX: drop");

        await FailsAsync(play, "");
    }

    [Theory, EachDelivery]
    public async Task Fails_where_the_peer_hangs_up_on_the_handshake(Delivery delivery)
    {
        await using var play = Scene(delivery, Offered + "S: 220 go ahead\nX: drop");

        await FailsAsync(play, "No protected connection to mx.example: ");
    }

    public static TheoryData<string, X509Certificate2, string> BadCertificates => new()
    {
        { "unknown", Certificates.UnknownIssuer, "was issued by Somebody Else's CA, which is not trusted here" },
        { "self-signed", Certificates.SelfSigned, "is signed by itself, and not trusted here" },
        { "expired", Certificates.Expired, "expired on 2026-11-20" },
        { "not yet", Certificates.NotYet, "is not valid before 2026-11-22" },
        { "another's", Certificates.WrongHost, "is made out to other.example, 192.0.2.1, not to mx.example" },
    };

    [Theory, MemberData(nameof(BadCertificates), DisableDiscoveryEnumeration = true)]
    public async Task Says_what_is_wrong_with_a_certificate(string scene, X509Certificate2 certificate, string why)
    {
        Assert.NotEmpty(scene);
        await using var play = Scene(Delivery.InOneBlit, Offered + "S: 220 go\nX: tls\nC: [rest]", certificate);

        await FailsAsync(play, $"No protected connection to mx.example: the relay's certificate {why}.");
    }

    [Theory, MemberData(nameof(BadCertificates), DisableDiscoveryEnumeration = true)]
    public async Task Is_as_strict_with_implicit_tls(string scene, X509Certificate2 certificate, string why)
    {
        Assert.NotEmpty(scene);
        await using var play = Scene(Delivery.InOneBlit, "X: tls\nC: [rest]", certificate, RelaySecurity.ImplicitTls);

        await FailsAsync(play, $"No protected connection to mx.example: the relay's certificate {why}.");
    }

    // A ServerHello for TLS 1.1 with an AES-128-CBC suite, as a downgrading middleman would answer.
    [Fact]
    public async Task Fails_below_tls_1_2()
    {
        var random = string.Concat(Enumerable.Repeat("\\x2a", 32));
        var hello = $@"\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x02{random}\x00\x00\x2f\x00";
        await using var play = Scene(Delivery.InOneBlit, $"{Offered}S: 220 go\nX: pause\nS= {hello}\nC: [rest]");
        var failing = FailsAsync(play, "No protected connection to mx.example: the TLS handshake failed");
        await play.Peer.Paused;
        play.Peer.Resume();

        await failing;
    }

    [Theory, EachDelivery]
    public async Task Forgets_what_was_offered_in_clear(Delivery delivery)
    {
        await using var play = Scene(delivery, Offered + "S: 220 go\nX: tls\nC: EHLO post.example\nS: 250 mx\nC: [end]");

        var handOver = await play.HandOverAsync();

        Assert.Equal("The relay mx.example offers no sign-in (AUTH), and credentials are set for it.", handOver.RouteFault?.Sentence);
        Assert.Equal(DialogueStage.SignIn, handOver.RouteFault?.Stage);
    }

    [Theory, EachDelivery]
    public async Task Speaks_tls_first_where_it_is_implicit(Delivery delivery)
    {
        await using var play = Scene(delivery, """
            X: tls
            S: 220 mx
            C: EHLO post.example
            S: 250 AUTH
            C: [end]
            """, security: RelaySecurity.ImplicitTls);

        Assert.Equal(DialogueStage.SignIn, (await play.HandOverAsync()).RouteFault?.Stage);
        Assert.DoesNotContain("EHLO", play.Peer.HeardInClear, StringComparison.Ordinal);
    }
}
