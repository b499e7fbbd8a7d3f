using Waybill.Mime.Addresses;

namespace Waybill.Engine.Messages;

/// <summary>How a recipient is addressed; a Bcc is in the envelope and never in the bytes.</summary>
public enum RecipientKind
{
    /// <summary>In the To header.</summary>
    To,

    /// <summary>In the Cc header.</summary>
    Cc,

    /// <summary>In no header.</summary>
    Bcc,
}

/// <summary>One recipient of a message, with an outcome of its own.</summary>
public sealed record Recipient(int Position, RecipientKind Kind, Mailbox Mailbox);
