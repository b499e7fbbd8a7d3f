using Waybill.Smtp.Authentication;
using Waybill.Smtp.Capabilities;
using Waybill.Smtp.Replies;
using Waybill.Smtp.Wires;

namespace Waybill.Smtp.Sessions;

/// <summary>
/// From a bare connection to a session: each step returns what stands in the way, or null. None is ever skipped or weakened.
/// </summary>
sealed class Introduction(Wire wire, RelayEndpoint endpoint, TimeProvider clock)
{
    readonly TlsHandshake handshake = new(endpoint, clock);
    DialogueStage stage = endpoint.Security == RelaySecurity.ImplicitTls ? DialogueStage.Tls : DialogueStage.Greeting;
    bool isSecured;
    EhloExtensions extensions = new();

    /// <summary>Told of each stage that was passed, and of what was said in it.</summary>
    public Action<DialogueStage, string>? Passed { private get; init; }

    /// <summary>The stage that was begun last.</summary>
    public DialogueStage Stage => stage;

    /// <summary>What the relay's certificate says; null until it was shown.</summary>
    public CertificateFacts? Certificate => handshake.Certificate is { } shown ? CertificateFacts.Read(shown) : null;

    public async Task<Opened> RunAsync(CancellationToken cancellationToken)
    {
        using var givingUp = cancellationToken.UnsafeRegister(static wire => ((Wire)wire!).GiveUp(), wire);
        try
        {
            return await IntroduceAsync().ConfigureAwait(false) is { } fault
                ? new Opened.Faulted(fault)
                : new Opened.Ready(new SmtpSession(wire, endpoint, extensions, clock));
        }
        catch (WireException broken)
        {
            wire.Transcript.Note(broken.Message);
            return new Opened.Faulted(new RouteFault(stage, $"While {Words.While(stage)} at {endpoint.Host}: {broken.Message}."));
        }
    }

    async ValueTask<RouteFault?> IntroduceAsync() => endpoint.Security switch
    {
        RelaySecurity.StartTls =>
            await GreetAsync().ConfigureAwait(false)
            ?? await HelloAsync().ConfigureAwait(false)
            ?? await StartTlsAsync().ConfigureAwait(false)
            ?? await HandshakeAsync().ConfigureAwait(false)
            ?? await HelloAsync().ConfigureAwait(false)
            ?? await SignInAsync().ConfigureAwait(false),
        RelaySecurity.ImplicitTls =>
            await HandshakeAsync().ConfigureAwait(false)
            ?? await GreetAsync().ConfigureAwait(false)
            ?? await HelloAsync().ConfigureAwait(false)
            ?? await SignInAsync().ConfigureAwait(false),
        _ =>
            await GreetAsync().ConfigureAwait(false)
            ?? await HelloAsync().ConfigureAwait(false)
            ?? await SignInAsync().ConfigureAwait(false),
    };

    async ValueTask<RouteFault?> GreetAsync()
    {
        stage = DialogueStage.Greeting;
        var reply = await wire.ReadReplyAsync().ConfigureAwait(false);
        return FaultIn(reply, "did not welcome us");
    }

    // Said again after the handshake: what was offered in clear may have been a stranger's offer (RFC 3207 §4.2).
    async ValueTask<RouteFault?> HelloAsync()
    {
        stage = DialogueStage.Hello;
        var reply = await wire.AskAsync($"EHLO {endpoint.HeloName}").ConfigureAwait(false);
        extensions = EhloExtensions.In(reply);
        return FaultIn(reply, "did not take our EHLO");
    }

    async ValueTask<RouteFault?> StartTlsAsync()
    {
        stage = DialogueStage.Tls;
        if (!extensions.StartTls) return Fault($"The relay {endpoint.Host} does not offer STARTTLS, and TLS is required for it.");
        var reply = await wire.AskAsync("STARTTLS").ConfigureAwait(false);
        return FaultIn(reply, "did not begin TLS");
    }

    // Octets that came in clear behind the 220 would be read as if they had come through TLS: somebody put them there.
    async ValueTask<RouteFault?> HandshakeAsync()
    {
        stage = DialogueStage.Tls;
        if (wire.HasLeftovers) return Fault($"Somebody between us and {endpoint.Host} slipped in words in clear before TLS began.");
        var problem = await wire.SecureAsync(handshake).ConfigureAwait(false);
        isSecured = problem is null;
        if (isSecured) Passed?.Invoke(stage, handshake.Summary);
        return problem is null ? null : Fault($"No protected connection to {endpoint.Host}: {problem}.");
    }

    async ValueTask<RouteFault?> SignInAsync()
    {
        if (endpoint.User is null) return null;
        stage = DialogueStage.SignIn;
        var signIn = new SignIn(wire, endpoint, extensions, isSecured);
        var fault = await signIn.PerformAsync().ConfigureAwait(false);
        if (fault is null) Passed?.Invoke(stage, signIn.Said);
        return fault;
    }

    RouteFault? FaultIn(Reply reply, string what)
    {
        if (Classification.Judge(stage, reply) != Verdict.Accepted) return Fault($"The relay {endpoint.Host} {what}: {reply}", reply);
        if (stage != DialogueStage.Tls) Passed?.Invoke(stage, reply.ToString());
        return null;
    }

    RouteFault Fault(string sentence, Reply? reply = null) => new(stage, sentence, reply);
}
