using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs.Sessions;

public class Signing_in
{
    const string Password = "correct horse";
    const string Plain = "AGFkYQBjb3JyZWN0IGhvcnNl";
    const string PasswordInBase64 = "Y29ycmVjdCBob3JzZQ==";
    const string Mail = "C: MAIL*\nS: 550 no\nC: QUIT\nS: 221 bye";

    static Play Scene(Delivery delivery, string offer, string script, bool isLoopback = true) =>
        new(delivery, $"S: 220 mx\nC: EHLO post.example\nS: 250-mx\nS: 250 {offer}\n{script}")
        {
            Endpoint = new RelayEndpoint
            {
                Host = "mx.example",
                HeloName = "post.example",
                Security = RelaySecurity.None,
                User = "ada",
                Password = Password,
            },
            IsLoopback = isLoopback,
        };

    [Theory]
    [EachDelivery("AUTH PLAIN LOGIN")]
    [EachDelivery("AUTH LOGIN CRAM-MD5 PLAIN")]
    [EachDelivery("AUTH=PLAIN")]
    [EachDelivery("auth plain")]
    public async Task By_plain_takes_one_step(Delivery delivery, string offer)
    {
        await using var play = Scene(delivery, offer, $"C: AUTH PLAIN {Plain}\nS: 235 2.7.0 welcome\n{Mail}");

        Assert.Equal("refused: 550 no", Play.Told(await play.HandOverAsync()));
    }

    [Theory, EachDelivery]
    public async Task By_login_takes_three(Delivery delivery)
    {
        await using var play = Scene(delivery, "AUTH LOGIN XOAUTH2", $"""
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: YWRh
            S: 334 UGFzc3dvcmQ6
            C: {PasswordInBase64}
            S: 235 ok
            {Mail}
            """);

        Assert.Equal("refused: 550 no", Play.Told(await play.HandOverAsync()));
    }

    [Theory]
    [EachDelivery("535 5.7.8 wrong password")]
    [EachDelivery("454 4.7.0 directory is down")]
    [EachDelivery("534 5.7.9 too weak")]
    [EachDelivery("421 4.7.0 go away")]
    [EachDelivery("334 more")]
    [EachDelivery("250 ok")]
    public async Task Fails_as_the_routes_fault_and_names_no_sender(Delivery delivery, string reply)
    {
        await using var play = Scene(delivery, "AUTH PLAIN", $"C: AUTH PLAIN *\nS: {reply}\nC: [end]");

        var handOver = await play.HandOverAsync();

        Assert.Equal($"deferred: The relay mx.example did not let ada sign in: {reply}", Play.Told(handOver));
        Assert.Equal(DialogueStage.SignIn, handOver.RouteFault?.Stage);
    }

    [Theory]
    [EachDelivery("SIZE", "The relay mx.example offers no sign-in (AUTH), and credentials are set for it.")]
    [EachDelivery("AUTH GSSAPI NTLM", "The relay mx.example offers no sign-in by PLAIN or LOGIN, only GSSAPI, NTLM.")]
    public async Task Fails_closed_where_nothing_usable_is_offered(Delivery delivery, string offer, string why)
    {
        await using var play = Scene(delivery, offer, "C: [end]");

        Assert.Equal(why, (await play.HandOverAsync()).RouteFault?.Sentence);
    }

    [Theory, EachDelivery]
    public async Task Is_not_done_in_clear_to_another_machine(Delivery delivery)
    {
        await using var play = Scene(delivery, "AUTH PLAIN LOGIN", "C: [end]", isLoopback: false);

        Assert.Equal(
            "The connection to mx.example is not protected by TLS, and credentials are sent in clear to a loopback address only.",
            (await play.HandOverAsync()).RouteFault?.Sentence);
    }

    [Theory]
    [EachDelivery("AUTH PLAIN", $"C: AUTH PLAIN *\nS: 500 unknown command: AUTH PLAIN {Plain}\nC: [end]")]
    [EachDelivery("AUTH LOGIN", $"""
        C: AUTH LOGIN
        S: 334 x
        C: *
        S: 334 y
        C: *
        S: 535-what is {PasswordInBase64},
        S: 535 that is {Password}?
        C: [end]
        """)]
    public async Task Leaves_no_credential_behind_though_the_relay_repeats_it(Delivery delivery, string offer, string script)
    {
        await using var play = Scene(delivery, offer, script);

        var handOver = await play.HandOverAsync();

        var everything = $"{handOver.Dialogue}{handOver.RouteFault}{Play.Told(handOver)}{play.Endpoint}";
        Assert.All([Password, Plain, PasswordInBase64], secret => Assert.DoesNotContain(secret, everything, StringComparison.Ordinal));
        Assert.Contains("[secret]", handOver.Dialogue, StringComparison.Ordinal);
    }

    /// <summary>What a relay may say long after the sign-in, all of it in the first message of a session.</summary>
    public static TheoryData<string, string> Repetitions => new()
    {
        { "550 5.7.1 not with correct horse", "550 5.7.1 not with [secret]" },
        { "550 5.7.1 not with CORRECT HORSE!", "550 5.7.1 not with [secret]!" },
        { $"550 AUTH PLAIN {Plain} was that", "550 AUTH PLAIN [secret] was that" },
        { $"550 you said YWRh and {PasswordInBase64}", "550 you said [user] and [secret]" },
        { "550 ada may not", "550 [user] may not" },
        { "550 <ada@example.org> is not of the armada", "550 <ada@example.org> is not of the armada" },
        { "550-not with correct\nS: 550 horse", "550 not with [secret]" },
        { "550-5.7.1 not with corr\nS: 550-5.7.1 ect ho\nS: 550 5.7.1 rse, no", "550 5.7.1 not with [secret], no" },
        { $"550-{Plain[..9]}\nS: 550 {Plain[9..]}", "550 [secret]" },
    };

    [Theory]
    [MemberData(nameof(Repetitions))]
    public async Task Leaves_no_credential_behind_in_any_later_reply(string reply, string shown)
    {
        await using var play = Scene(
            Delivery.InOneBlit, "AUTH PLAIN", $"C: AUTH PLAIN *\nS: 235 ok\nC: MAIL*\nS: {reply}\nC: QUIT\nS: 221 bye");

        var handOver = await play.HandOverAsync();

        Assert.Equal($"refused: {shown}", Play.Told(handOver));
        Assert.DoesNotContain("horse", handOver.Dialogue, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Leaves_no_credential_behind_in_what_is_no_reply()
    {
        await using var play = Scene(
            Delivery.InOneBlit, "AUTH PLAIN", $"C: AUTH PLAIN *\nS: 235 ok\nC: MAIL*\nS: trace: {new string('x', 65)} {Password} and more");

        var handOver = await play.HandOverAsync();

        Assert.DoesNotContain("correct", $"{handOver.Dialogue}{Play.Told(handOver)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_done_without_credentials()
    {
        await using var play = new Play(Delivery.InOneBlit, "S: 220 mx\nC: EHLO post.example\nS: 250-mx\nS: 250 AUTH PLAIN\n" + Mail);

        Assert.Equal("refused: 550 no", Play.Told(await play.HandOverAsync()));
    }

    [Fact]
    public void With_a_nul_in_a_credential_is_a_mistake_that_does_not_repeat_it()
    {
        var endpoint = new RelayEndpoint { Host = "mx.example", HeloName = "post.example", User = "ada", Password = "corr\0ct" };

        var mistake = Assert.Throws<ArgumentException>(() => new SessionPool(endpoint, new SessionPoolLimits(), TimeProvider.System));

        Assert.DoesNotContain("corr", mistake.ToString(), StringComparison.Ordinal);
    }
}
