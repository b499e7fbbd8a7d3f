using Waybill.Smtp.Sessions;
using Waybill.Smtp.Transactions;
using Waybill.Smtp.Wires;

namespace Waybill.Smtp;

/// <summary>
/// Hands messages over to one relay (RFC 5321), over a bounded number of sessions that are kept for the next message. Safe for any number
/// of callers at once; who finds all sessions busy waits for one.
/// </summary>
public sealed class SessionPool : IAsyncDisposable
{
    readonly SessionPoolLimits limits;
    readonly SessionOpening opening;
    readonly SemaphoreSlim places;
    readonly RestingSessions resting;
    int isClosing;

    /// <summary>Makes a pool; nothing is connected before the first hand-over.</summary>
    /// <exception cref="ArgumentException">A name or credential holds a character that cannot be part of a command.</exception>
    public SessionPool(RelayEndpoint endpoint, SessionPoolLimits limits, TimeProvider clock)
        : this(endpoint, limits, clock, TcpDial.ConnectAsync)
    {
    }

    internal SessionPool(RelayEndpoint endpoint, SessionPoolLimits limits, TimeProvider clock, Dial dial)
    {
        EnsureSayable(endpoint);
        this.limits = limits;
        opening = new SessionOpening(endpoint, clock, dial);
        places = new SemaphoreSlim(limits.MaxSessions);
        resting = new RestingSessions(limits, clock);
    }

    /// <summary>Hands one message over and waits for the relay's answer for each recipient.</summary>
    /// <remarks>
    /// Whatever the network and the relay do is told in the result, never thrown. The token counts until the final dot is written; the
    /// answer to the dot is waited for with its own deadline (<see cref="SmtpTimeouts.FinalDot"/>), because nobody could say afterwards
    /// whether the message was taken.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The caller gave up before the final dot: no recipient got the message.</exception>
    /// <exception cref="InvalidOperationException">The content had another length than it said; it was not sent.</exception>
    public async Task<HandOver> HandOverAsync(Envelope envelope, MessageContent content, CancellationToken cancellationToken)
    {
        if (envelope.Recipients.Count == 0) throw new ArgumentException("An envelope has at least one recipient.", nameof(envelope));
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        var visit = new Visit(opening, resting, limits, envelope, content);
        try
        {
            ObjectDisposedException.ThrowIf(isClosing == 1, this);
            return await visit.HandOverAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (visit.Leaving.IsCompleted) places.Release();
            else _ = ReleaseAfterAsync(visit.Leaving);
        }
    }

    /// <summary>Waits for the hand-overs that are under way, then takes leave of the relay.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isClosing, 1) == 1) return;
        for (var place = 0; place < limits.MaxSessions; place++) await places.WaitAsync().ConfigureAwait(false);
        await resting.DisposeAsync().ConfigureAwait(false);
        places.Release(limits.MaxSessions);
    }

    // The messages never hold the value: it may be a credential.
    static void EnsureSayable(RelayEndpoint endpoint)
    {
        if (endpoint.HeloName.Length == 0 || endpoint.HeloName.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException("The EHLO name must be ASCII without spaces.", nameof(endpoint));
        if (endpoint.Host.Length == 0 || endpoint.Port is < 1 or > 65535)
            throw new ArgumentException("A relay has a host and a port from 1 to 65535.", nameof(endpoint));
        if ($"{endpoint.User}{endpoint.Password}".Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("Credentials cannot hold a NUL (RFC 4616 §2).", nameof(endpoint));
    }

    async Task ReleaseAfterAsync(Task leaving)
    {
        await leaving.ConfigureAwait(false);
        places.Release();
    }
}
