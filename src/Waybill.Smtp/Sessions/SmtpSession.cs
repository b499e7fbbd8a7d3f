using Waybill.Smtp.Capabilities;
using Waybill.Smtp.Wires;

namespace Waybill.Smtp.Sessions;

/// <summary>A connection on which the relay is ready for mail: greeted, introduced, secured and signed in as asked.</summary>
sealed class SmtpSession(Wire wire, RelayEndpoint endpoint, EhloExtensions extensions, TimeProvider clock) : IAsyncDisposable
{
    readonly long openedAt = clock.GetTimestamp();
    long restingSince;
    bool isBroken;

    public Wire Wire => wire;

    public EhloExtensions Extensions => extensions;

    public SmtpTimeouts Timeouts => endpoint.Timeouts;

    public TimeProvider Clock => clock;

    /// <summary>How many hand-overs have begun in this session.</summary>
    public int Messages { get; private set; }

    /// <summary>The relay may have closed a session that has rested, without our knowing yet.</summary>
    public bool HasRested => Messages > 1;

    /// <summary>A transaction was begun and not ended: RSET comes before the next MAIL, and only then.</summary>
    public bool NeedsReset { get; set; }

    /// <summary>Nothing more can be said in it.</summary>
    public bool IsBroken => isBroken || wire.IsOver;

    public void Break() => isBroken = true;

    /// <param name="transcript">Where the hand-over is written down.</param>
    /// <param name="startedAt">When the hand-over began, by the monotonic time: a fresh session has used some of its time.</param>
    public void Begin(Transcript transcript, long startedAt)
    {
        wire.Transcript = transcript;
        wire.Begin(Timeouts.Dialogue, startedAt);
        if (++Messages > 1) transcript.Note($"message {Messages} of this session with {endpoint.Host}");
    }

    public void Rest()
    {
        wire.Transcript = new Transcript();
        wire.Rest();
        restingSince = clock.GetTimestamp();
    }

    /// <summary>Whether it is worth resting for another message.</summary>
    public bool MayGoOn(SessionPoolLimits limits) =>
        !IsBroken && Messages < limits.MaxMessagesPerSession && clock.GetElapsedTime(openedAt) < limits.MaxAge;

    public bool HasRestedFor(TimeSpan span) => clock.GetElapsedTime(restingSince) >= span;

    /// <summary>Takes leave politely where that is still possible, and closes the connection.</summary>
    public async Task LeaveAsync()
    {
        try
        {
            if (!IsBroken && wire.IsQuiet) await wire.AskAsync("QUIT", Timeouts.Quit).ConfigureAwait(false);
        }
        catch (WireException)
        {
            // A relay that closes first, or says nothing, has understood as well.
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => wire.DisposeAsync();
}
