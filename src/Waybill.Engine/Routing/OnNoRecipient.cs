namespace Waybill.Engine.Routing;

/// <summary>What a stream does with a message that is for nobody.</summary>
public abstract record OnNoRecipient
{
    private OnNoRecipient() { }

    /// <summary>The message is kept with the status <c>skipped_no_email</c> and the reason.</summary>
    public sealed record Keep : OnNoRecipient;

    /// <summary>No message; a line in the log.</summary>
    public sealed record Log : OnNoRecipient;

    /// <summary>No message; a line in the log for those who debug.</summary>
    public sealed record LogQuietly : OnNoRecipient;

    /// <summary>No message; a WARN that names the setting under which the recipient is missing.</summary>
    public sealed record Warn(string Setting) : OnNoRecipient;

    /// <summary>An error to whoever posts it.</summary>
    public sealed record Refuse : OnNoRecipient;
}
