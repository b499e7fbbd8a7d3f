using System.Diagnostics;

namespace Waybill.Engine.Interventions;

/// <summary>What a person can do to one message.</summary>
public enum Intervention
{
    /// <summary>Cancel it before its first attempt.</summary>
    Cancel,

    /// <summary>Make no further attempt.</summary>
    Stop,

    /// <summary>Try again those who did not get it, with the same bytes.</summary>
    Retry,

    /// <summary>Held: the recipients have it.</summary>
    ReleaseAsSent,

    /// <summary>Held: hand it over once more, with the same bytes and the same Message-ID.</summary>
    ReleaseToRetry,

    /// <summary>Send a new message that says the same to the same people.</summary>
    Resend,
}

/// <summary>The words for interventions, in paths and in the audit.</summary>
public static class InterventionWords
{
    /// <summary>The word.</summary>
    public static string Word(this Intervention intervention) => intervention switch
    {
        Intervention.Cancel => "cancel",
        Intervention.Stop => "stop",
        Intervention.Retry => "retry",
        Intervention.ReleaseAsSent => "release-as-sent",
        Intervention.ReleaseToRetry => "release-to-retry",
        Intervention.Resend => "resend",
        _ => throw new UnreachableException($"No word for {intervention}."),
    };
}
