using Waybill.Engine.Routing;

namespace Waybill.Engine.Retrying;

/// <summary>What one attempt to hand a message over came to, for one recipient.</summary>
public abstract record AttemptOutcome(string Reply)
{
    /// <summary>The relay took responsibility.</summary>
    public sealed record Accepted(string Reply) : AttemptOutcome(Reply);

    /// <summary>Worth trying again: the relay said so, or it could not be reached.</summary>
    public sealed record Deferred(string Reply) : AttemptOutcome(Reply)
    {
        /// <summary>Why; default: the relay said so.</summary>
        public Deferral Cause { get; init; } = Deferral.TemporaryReply;

        /// <summary>When the relay asked to be tried again, if it did.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }

    /// <summary>Never worth trying again.</summary>
    public sealed record Refused(string Reply) : AttemptOutcome(Reply);

    /// <summary>The message went out and the answer never came: the relay may have it.</summary>
    public sealed record Unknown(string Reply) : AttemptOutcome(Reply)
    {
        /// <summary>The relay would know a repetition for what it is, so that trying again makes no duplicate; default false.</summary>
        public bool IsSafeToRepeat { get; init; }
    }

    /// <summary>The word in database, timeline and metrics.</summary>
    public string Word => this switch
    {
        Accepted => "accepted",
        Deferred => "deferred",
        Refused => "refused",
        Unknown => "unknown",
        _ => throw new System.Diagnostics.UnreachableException($"No word for {GetType().Name}."),
    };
}
