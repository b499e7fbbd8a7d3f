namespace Waybill.Smtp;

/// <summary>How many sessions a relay is asked to carry, and for how long.</summary>
public sealed record SessionPoolLimits
{
    /// <summary>Sessions at a time, busy or idle; default 8. Postfix, as it comes, accepts 50 from one address.</summary>
    public int MaxSessions { get; init; } = 8;

    /// <summary>Messages handed over in one session before it is closed; default 100, a limit that many relays set.</summary>
    public int MaxMessagesPerSession { get; init; } = 100;

    /// <summary>
    /// How long an idle session is kept; default 30 s. RFC 5321 §4.5.3.2.7 has servers wait 5 min, many wait one, and Postfix under
    /// stress 10 s; a session holds one of the relay's places meanwhile, and opening another costs a few round trips.
    /// </summary>
    public TimeSpan MaxIdle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How old a session may grow; default 10 min, so that a relay that moved (DNS, a balancer) is noticed.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(10);
}
