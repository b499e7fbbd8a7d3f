namespace Waybill.Smtp.Sessions;

/// <summary>
/// Sessions that wait for their next message. The one that rested least is taken first, so that a quiet hour lets the rest go.
/// </summary>
sealed class RestingSessions : IAsyncDisposable
{
    readonly SessionPoolLimits limits;
    readonly List<SmtpSession> sessions = [];
    readonly Lock gate = new();
    readonly ITimer sweep;

    public RestingSessions(SessionPoolLimits limits, TimeProvider clock)
    {
        this.limits = limits;
        sweep = clock.CreateTimer(static resting => ((RestingSessions)resting!).Sweep(), this, limits.MaxIdle, limits.MaxIdle / 2);
    }

    public void Add(SmtpSession session)
    {
        session.Rest();
        lock (gate) sessions.Add(session);
    }

    /// <summary>A session that is alive as far as can be seen without asking, or null.</summary>
    public SmtpSession? Take()
    {
        while (TakeLast() is { } session)
        {
            if (session.MayGoOn(limits) && !session.HasRestedFor(limits.MaxIdle) && session.Wire.IsQuiet) return session;
            _ = session.LeaveAsync();
        }
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await sweep.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(TakeWhere(_ => true).Select(session => session.LeaveAsync())).ConfigureAwait(false);
    }

    void Sweep()
    {
        foreach (var session in TakeWhere(session => session.HasRestedFor(limits.MaxIdle))) _ = session.LeaveAsync();
    }

    SmtpSession? TakeLast()
    {
        lock (gate)
        {
            if (sessions.Count == 0) return null;
            var last = sessions[^1];
            sessions.RemoveAt(sessions.Count - 1);
            return last;
        }
    }

    List<SmtpSession> TakeWhere(Predicate<SmtpSession> which)
    {
        lock (gate)
        {
            var taken = sessions.FindAll(which);
            sessions.RemoveAll(taken.Contains);
            return taken;
        }
    }
}
