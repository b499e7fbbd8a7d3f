using Waybill.Smtp.Wires;
using Waybill.Testing;
using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs.Sessions;

public sealed class Probing_a_relay
{
    const string SignedIn = """
        S: 220 mx ready
        C: EHLO post.example
        S: 250-mx
        S: 250 AUTH PLAIN
        C: AUTH PLAIN *
        S: 235 2.7.0 welcome

        """;

    static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    readonly ManualClock clock = new(Play.Noon);

    [Fact]
    public async Task Tells_each_stage_in_the_relays_words_and_sends_nothing() => Assert.Equal(
        [
            "NameLookup: mx.example was found.", "Connect: Connected to mx.example.", "Greeting: 220 mx ready",
            "Hello: 250 mx / AUTH PLAIN", "SignIn: 235 2.7.0 welcome", "Sender: 250 2.1.0 ok",
        ],
        await ProbeAsync(SignedIn + """
            C: MAIL FROM:<post@waybill.example>
            S: 250 2.1.0 ok
            C: RSET
            S: 250 ok
            C: QUIT
            S: 221 bye
            """));

    [Theory]
    [InlineData("S: 421 busy\nC: [end]", "failed Greeting: The relay mx.example did not welcome us: 421 busy")]
    [InlineData("S: huh?",
        "failed Greeting: While waiting for the greeting at mx.example: the relay sent what is not an SMTP reply: \"huh?\".")]
    [InlineData("X: drop", "failed Greeting: While waiting for the greeting at mx.example: the relay closed the connection.")]
    [InlineData("S: 220 mx\nC: EHLO post.example\nS: 500 what", "failed Hello: The relay mx.example did not take our EHLO: 500 what")]
    [InlineData("S: 220 mx\nC: EHLO post.example\nS: 250 mx",
        "failed SignIn: The relay mx.example offers no sign-in (AUTH), and credentials are set for it.")]
    [InlineData("S: 220 mx\nC: EHLO post.example\nS: 250-mx\nS: 250 AUTH PLAIN\nC: AUTH PLAIN *\nS: 535 5.7.8 no AGFkYQBzZXNhbWU=",
        "failed SignIn: The relay mx.example did not let ada sign in: 535 5.7.8 no [secret]")]
    [InlineData(SignedIn + "C: MAIL FROM:<post@waybill.example>\nS: 550 5.7.1 not yours\nC: RSET\nS: 250 ok\nC: QUIT\nS: 221 bye",
        "failed Sender: The relay mx.example does not take post@waybill.example as a sender: 550 5.7.1 not yours")]
    [InlineData(SignedIn
        + "C: MAIL FROM:<post@waybill.example>\nS: 550-5.7.1 AGFkYQBzZXN\nS: 550 5.7.1 hbWU=\nC: RSET\nS: 250 ok\nC: QUIT\nS: 221 bye",
            "failed Sender: The relay mx.example does not take post@waybill.example as a sender: 550 5.7.1 [secret]")]
    [InlineData(SignedIn + "C: MAIL FROM:<post@waybill.example>\nX: drop",
        "failed Sender: While naming the sender at mx.example: the relay closed the connection.")]
    public async Task Ends_with_the_stage_that_failed(string script, string expected) =>
        Assert.Equal(expected, (await ProbeAsync(script))[^1]);

    [Fact]
    public async Task Takes_no_longer_than_it_may_however_the_relay_drags_its_feet()
    {
        await using var silent = Start(SignedIn + "C: MAIL FROM:<post@waybill.example>\nC: [end]", out var probe);
        var probing = probe.RunAsync(Play.Post, CancellationToken.None);

        await Eventually.IsTrueAsync("the time to be over", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(probing.IsCompleted);
        });

        Assert.StartsWith("failed Sender: While naming the sender at mx.example: ", InWords((await probing)[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_given_up_by_its_caller()
    {
        await using var silent = Start("C: [end]", out var probe);
        using var giveUp = new CancellationTokenSource();
        var probing = probe.RunAsync(Play.Post, giveUp.Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probing);
    }

    async Task<IReadOnlyList<string>> ProbeAsync(string script)
    {
        await using var relay = Start(script, out var probe);
        return [.. (await probe.RunAsync(Play.Post, CancellationToken.None)).Select(InWords)];
    }

    Script Start(string script, out RelayProbe probe)
    {
        var endpoint = new RelayEndpoint
        {
            Host = "mx.example",
            HeloName = "post.example",
            Security = RelaySecurity.None,
            User = "ada",
            Password = "sesame"
        };
        var started = new Script(script);
        probe = new RelayProbe(endpoint, Limit, clock, started.DialAsync);
        return started;
    }

    static string InWords(ProbedStage stage) => $"{(stage is ProbedStage.Failed ? "failed " : "")}{stage.Stage}: {stage.Said}";

    sealed class Script(string script) : IAsyncDisposable
    {
        Task play = Task.CompletedTask;

        public ValueTask<Dialled> DialAsync(RelayEndpoint endpoint, TimeProvider time, CancellationToken cancellationToken)
        {
            var (near, far) = DuplexStream.Pair(Delivery.InOneBlit);
            play = new ScriptedPeer(script).PlayAsync(far, CancellationToken.None);
            return ValueTask.FromResult<Dialled>(new Dialled.Connected(new Connection(near, Socket: null, IsLoopback: true)));
        }

        public async ValueTask DisposeAsync() => await play;
    }
}
