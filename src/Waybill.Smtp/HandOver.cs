namespace Waybill.Smtp;

/// <summary>What came of handing a message to a relay.</summary>
public sealed record HandOver
{
    /// <summary>One for each of the envelope's recipients, in their order.</summary>
    public required IReadOnlyList<RecipientOutcome> Outcomes { get; init; }

    /// <summary>Set when the relay itself, or our settings for it, stood in the way; whoever had not been
    /// refused by then is deferred.</summary>
    public RouteFault? RouteFault { get; init; }

    /// <summary>The last step that was begun.</summary>
    public required DialogueStage Reached { get; init; }

    /// <summary>
    /// What was said, a line each: <c>S:</c> the relay, <c>C:</c> we, <c>*</c> what happened besides. Credentials are left out, the
    /// content is told by its length, and a long dialogue loses its middle: at most 32 KiB.
    /// </summary>
    public required string Dialogue { get; init; }
}
