namespace Waybill.Engine.Routing;

/// <summary>What a stream does with a message whose every recipient is on the suppression list.</summary>
public enum OnSuppressed
{
    /// <summary>The message has the status <c>suppressed</c>.</summary>
    Suppress,

    /// <summary>The message fails with the reason <c>RecipientSuppressed</c>.</summary>
    Fail,

    /// <summary>A line in the log; nothing of the message is kept.</summary>
    Log,

    /// <summary>The list is not asked.</summary>
    SendAnyway,
}
