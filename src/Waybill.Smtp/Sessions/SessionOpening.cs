using Waybill.Smtp.Wires;

namespace Waybill.Smtp.Sessions;

/// <summary>Opens sessions with one relay.</summary>
sealed class SessionOpening(RelayEndpoint endpoint, TimeProvider clock, Dial dial)
{
    public TimeProvider Clock => clock;

    /// <param name="transcript">Where it is written down.</param>
    /// <param name="startedAt">Since when the time of the dialogue has been running.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    public async Task<Opened> OpenAsync(Transcript transcript, long startedAt, CancellationToken cancellationToken)
    {
        transcript.Note($"connecting to {endpoint}");
        var opened = await dial(endpoint, clock, cancellationToken).ConfigureAwait(false) switch
        {
            Dialled.Connected(var connection) =>
                await IntroduceAsync(connection, transcript, startedAt, cancellationToken).ConfigureAwait(false),
            Dialled.Failed(var fault) => new Opened.Faulted(fault),
            var other => throw new System.Diagnostics.UnreachableException($"No rule for {other.GetType().Name}."),
        };
        if (opened is Opened.Faulted(var why)) transcript.Note(why.Sentence);
        return opened;
    }

    async Task<Opened> IntroduceAsync(Connection connection, Transcript transcript, long startedAt, CancellationToken cancellationToken)
    {
        var wire = new Wire(connection, clock) { Transcript = transcript };
        wire.Begin(endpoint.Timeouts.Dialogue, startedAt);
        var opened = default(Opened);
        try
        {
            opened = await new Introduction(wire, endpoint, clock).RunAsync(cancellationToken).ConfigureAwait(false);
            return opened;
        }
        catch (Exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        finally
        {
            if (opened is not Opened.Ready) await wire.DisposeAsync().ConfigureAwait(false);
        }
    }
}

/// <summary>What came of opening a session.</summary>
abstract record Opened
{
    Opened() { }

    public sealed record Ready(SmtpSession SmtpSession) : Opened;

    public sealed record Faulted(RouteFault Fault) : Opened;
}
