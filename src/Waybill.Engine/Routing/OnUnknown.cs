namespace Waybill.Engine.Routing;

/// <summary>What a stream does when the link died after the final dot, so that nobody knows whether the relay has the message.</summary>
public enum OnUnknown
{
    /// <summary>Try again with the same Message-ID: a duplicate is the smaller evil.</summary>
    Retry,

    /// <summary>Hold for a person: a duplicate is the greater evil.</summary>
    Hold,

    /// <summary>
    /// Hold for a person, and say <c>OutcomeUnknown</c> first in the reason: a book whose log knows no fourth word files it as failed.
    /// </summary>
    HoldAsFailed,
}
