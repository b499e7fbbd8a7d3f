namespace Waybill.Engine.Routing;

/// <summary>What a stream does while no relay is configured. A relay that was chosen to capture counts as one.</summary>
public enum OnNoRelay
{
    /// <summary>The message is captured: it stays in Waybill's own inbox.</summary>
    Capture,

    /// <summary>The message fails with the reason <c>RelayNotConfigured</c>.</summary>
    Fail,

    /// <summary>The message is kept as <c>dropped_no_smtp</c>, and a WARN says so.</summary>
    DropWithWarning,

    /// <summary>A line in the log; nothing of the message is kept.</summary>
    Log,
}
