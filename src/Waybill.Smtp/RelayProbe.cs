using System.Diagnostics;
using Waybill.Mime.Addresses;
using Waybill.Smtp.Replies;
using Waybill.Smtp.Sessions;
using Waybill.Smtp.Transactions;
using Waybill.Smtp.Wires;

namespace Waybill.Smtp;

/// <summary>
/// Walks up to a relay stage by stage, as a hand-over would, and stops before anybody is named: it connects, secures, signs in, asks
/// whether the sender is welcome, and takes leave. Nothing is sent to anyone.
/// </summary>
public sealed class RelayProbe
{
    readonly RelayEndpoint endpoint;
    readonly TimeProvider clock;
    readonly Dial dial;
    readonly TimeSpan limit;

    /// <summary>A probe of a relay; it may be run again.</summary>
    /// <param name="endpoint">Where it is. Its time-outs are not used.</param>
    /// <param name="limit">How long all stages may take together.</param>
    /// <param name="clock">For the time.</param>
    public RelayProbe(RelayEndpoint endpoint, TimeSpan limit, TimeProvider clock)
        : this(endpoint, limit, clock, TcpDial.ConnectAsync)
    {
    }

    internal RelayProbe(RelayEndpoint endpoint, TimeSpan limit, TimeProvider clock, Dial dial)
    {
        this.endpoint = endpoint with { Timeouts = Within(limit) };
        this.limit = limit;
        this.clock = clock;
        this.dial = dial;
    }

    /// <summary>
    /// The stages in order, up to the first one that failed. Whatever the network and the relay do is told in them, never thrown.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<IReadOnlyList<ProbedStage>> RunAsync(Address sender, CancellationToken cancellationToken)
    {
        var walk = new Walk(this);
        using var late = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await walk.GoAsync(sender, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            walk.Fail(
                new RouteFault(
                    walk.Stage, $"While {Words.While(walk.Stage)} at {endpoint.Host}: all of it took longer than {Words.Span(limit)}."));
        }

        return walk.Stages;
    }

    static SmtpTimeouts Within(TimeSpan limit) => new()
    {
        Connect = limit / 2,
        Dialogue = limit,
        Quit = TimeSpan.FromSeconds(1),
    };

    sealed class Walk(RelayProbe probe)
    {
        readonly List<ProbedStage> stages = [];
        readonly long startedAt = probe.clock.GetTimestamp();
        Introduction? introduction;
        bool isIntroduced;

        public IReadOnlyList<ProbedStage> Stages => stages;

        public DialogueStage Stage => isIntroduced ? DialogueStage.Sender : introduction?.Stage ?? DialogueStage.Connect;

        public void Fail(RouteFault fault)
        {
            if (fault.Stage == DialogueStage.Connect)
                stages.Add(new ProbedStage.Passed(DialogueStage.NameLookup, $"{probe.endpoint.Host} was found."));
            var certificate = fault.Stage == DialogueStage.Tls ? introduction?.Certificate : null;
            stages.Add(new ProbedStage.Failed(fault.Stage, fault.Sentence, fault.Reply, certificate));
        }

        public async Task GoAsync(Address sender, CancellationToken cancellationToken)
        {
            switch (await probe.dial(probe.endpoint, probe.clock, cancellationToken).ConfigureAwait(false))
            {
                case Dialled.Failed(var fault):
                    Fail(fault);
                    break;
                case Dialled.Connected(var connection):
                    Connected(connection);
                    var wire = new Wire(connection, probe.clock);
                    wire.Begin(probe.limit, startedAt);
                    await using (wire.ConfigureAwait(false)) await ConverseAsync(wire, sender, cancellationToken).ConfigureAwait(false);
                    break;
                case var other:
                    throw new UnreachableException($"No rule for {other.GetType().Name}.");
            }
        }

        void Connected(Connection connection)
        {
            var peer = connection.Socket?.RemoteEndPoint?.ToString() ?? probe.endpoint.Host;
            stages.Add(new ProbedStage.Passed(DialogueStage.NameLookup, $"{probe.endpoint.Host} was found."));
            stages.Add(new ProbedStage.Passed(DialogueStage.Connect, $"Connected to {peer}."));
        }

        async Task ConverseAsync(Wire wire, Address sender, CancellationToken cancellationToken)
        {
            introduction = new Introduction(wire, probe.endpoint, probe.clock) { Passed = Pass };
            switch (await introduction.RunAsync(cancellationToken).ConfigureAwait(false))
            {
                case Opened.Faulted(var fault):
                    Fail(fault);
                    break;
                case Opened.Ready(var session):
                    isIntroduced = true;
                    await AskForSenderAsync(session, sender, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }

        void Pass(DialogueStage stage, string said)
        {
            if (stages.Exists(one => one.Stage == stage)) return; // EHLO is said again after STARTTLS
            stages.Add(stage == DialogueStage.Tls && introduction?.Certificate is { } certificate
                ? new ProbedStage.Secured(said, certificate)
                : new ProbedStage.Passed(stage, said));
        }

        async Task AskForSenderAsync(SmtpSession session, Address sender, CancellationToken cancellationToken)
        {
            using var givingUp = cancellationToken.UnsafeRegister(static wire => ((Wire)wire!).GiveUp(), session.Wire);
            try
            {
                var command = Command.Mail(sender, size: null, sender.NeedsSmtpUtf8 && session.Extensions.SmtpUtf8);
                var reply = await session.Wire.AskAsync(command.Line).ConfigureAwait(false);
                if (Classification.Judge(DialogueStage.Sender, reply) == Verdict.Accepted)
                    stages.Add(new ProbedStage.Passed(DialogueStage.Sender, reply.ToString()));
                else
                    Fail(
                        new RouteFault(
                            DialogueStage.Sender, $"The relay {probe.endpoint.Host} does not take {sender} as a sender: {reply}", reply));
            }
            catch (WireException broken)
            {
                Fail(
                    new RouteFault(
                        DialogueStage.Sender, $"While {Words.While(DialogueStage.Sender)} at {probe.endpoint.Host}: {broken.Message}."));
                return;
            }

            await TakeLeaveAsync(session).ConfigureAwait(false);
        }

        static async Task TakeLeaveAsync(SmtpSession session)
        {
            try
            {
                await session.Wire.AskAsync("RSET", session.Timeouts.Quit).ConfigureAwait(false);
                await session.Wire.AskAsync("QUIT", session.Timeouts.Quit).ConfigureAwait(false);
            }
            catch (WireException)
            {
                // What we wanted to know we know.
            }
        }
    }
}
