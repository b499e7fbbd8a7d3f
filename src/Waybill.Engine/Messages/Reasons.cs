namespace Waybill.Engine.Messages;

/// <summary>The words that a reason begins with where a program branches on it; a colon and a sentence for people may follow.</summary>
public static class Reasons
{
    /// <summary>The relay may have the message, or may not.</summary>
    public const string OutcomeUnknown = "OutcomeUnknown";

    /// <summary>There is no relay.</summary>
    public const string RelayNotConfigured = "RelayNotConfigured";

    /// <summary>Every recipient is on the suppression list.</summary>
    public const string RecipientSuppressed = "RecipientSuppressed";

    /// <summary>The tenant may not send from the address by this relay.</summary>
    public const string SenderNotGranted = "SenderNotGranted";

    /// <summary>What stands where an address should be is none.</summary>
    public const string InvalidAddress = "InvalidAddress";

    /// <summary>There is nobody to send it to.</summary>
    public const string NoEmail = "no_email";
}
