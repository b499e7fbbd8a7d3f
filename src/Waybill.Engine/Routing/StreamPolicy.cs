namespace Waybill.Engine.Routing;

/// <summary>How a stream delivers (product, §4). The engine has no other rules: a stream decides, code does not.</summary>
public sealed record StreamPolicy
{
    /// <summary>The word for it everywhere, e.g. <c>api</c>.</summary>
    public required string Name { get; init; }

    /// <summary>When a message is handed over; default: when its turn comes.</summary>
    public HandOverMode HandOver { get; init; }

    /// <summary>The wait before each further attempt; one attempt more than there are waits. Default: none.</summary>
    public IReadOnlyList<TimeSpan> Waits { get; init; } = [];

    /// <summary>How far a wait may differ either way: 0.2 is ± 20 %. Default 0.</summary>
    public double Jitter { get; init; }

    /// <summary>What is tried again; default: whatever may be taken later.</summary>
    public Deferral RetriedAfter { get; init; } = Deferral.Any;

    /// <summary>Whether a wait that the relay asked for (Retry-After) is kept when it is longer than ours; default no.</summary>
    public bool HonoursRetryAfter { get; init; }

    /// <summary>
    /// Whether a first attempt that did not reach the relay is followed by one more at once, beside <see cref="Attempts"/>; default no.
    /// </summary>
    public bool RetryOnceOnConnectionFault { get; init; }

    /// <summary>What is done with a message for nobody; default: an error to whoever posts it.</summary>
    public OnNoRecipient OnNoRecipient { get; init; } = new OnNoRecipient.Refuse();

    /// <summary>What is done while no relay is configured; default: captured.</summary>
    public OnNoRelay OnNoRelay { get; init; }

    /// <summary>What is done with an unknown outcome; default: tried again.</summary>
    public OnUnknown OnUnknown { get; init; }

    /// <summary>What is done when every recipient is suppressed; default: the status <c>suppressed</c>.</summary>
    public OnSuppressed OnSuppressed { get; init; }

    /// <summary>How long messages are kept; default 90 days.</summary>
    public Kept Kept { get; init; } = new Kept.For(90);

    /// <summary>Whether a message says how to unsubscribe with one click (RFC 8058); default no.</summary>
    public bool OffersUnsubscribe { get; init; }

    /// <summary>What is done at a relay's cap; default: it waits.</summary>
    public AtCap AtCap { get; init; }

    /// <summary>Whether only the default relay is used, whatever relay a brand has; default no.</summary>
    public bool DefaultRelayOnly { get; init; }

    /// <summary>
    /// Whether its messages wait in the queue, and use up no attempt, while their relay rests because it was not reached; default no: each
    /// try counts, as a seed fixes their number.
    /// </summary>
    public bool WaitsForRelay { get; init; }

    /// <summary>
    /// How old a message grows that waits for a relay that is not reached (product.md, ruling 28); a scheduled one from its time on.
    /// </summary>
    public static TimeSpan LongestWaitForRelay { get; } = TimeSpan.FromDays(3);

    /// <summary>Attempts in all.</summary>
    public int Attempts => Waits.Count + 1;

    /// <summary>Whether the suppression list is asked.</summary>
    public bool AsksSuppressionList => OnSuppressed != OnSuppressed.SendAnyway;
}
