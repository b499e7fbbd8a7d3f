namespace Waybill.Smtp.Replies;

/// <summary>What a reply means for the recipients it speaks of.</summary>
enum Verdict
{
    /// <summary>As asked: go on, or done.</summary>
    Accepted,

    /// <summary>Not now; worth another attempt.</summary>
    Deferred,

    /// <summary>Never; another attempt would hear the same.</summary>
    Refused,

    /// <summary>The way to this relay is set up wrongly; the message has nothing to do with it.</summary>
    RouteFault,

    /// <summary>No reply to this command: the two sides are out of step.</summary>
    ProtocolFault,
}
