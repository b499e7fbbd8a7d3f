namespace Waybill.Engine.Routing;

/// <summary>Why a message was not taken that may be taken later. A stream names those that it tries again after.</summary>
[Flags]
public enum Deferral
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The relay could not be reached, or the connection was lost before the final dot.</summary>
    Network = 1,

    /// <summary>The relay said 4yz (RFC 5321 §4.2.1).</summary>
    TemporaryReply = 2,

    /// <summary>An HTTP relay said 429: too many requests.</summary>
    RateLimit = 4,

    /// <summary>An HTTP relay said 5xx: its own trouble.</summary>
    ServerError = 8,

    /// <summary>The relay refused us and not the message: credentials, TLS, our settings.</summary>
    RouteRefused = 16,

    /// <summary>Whatever it was.</summary>
    Any = Network | TemporaryReply | RateLimit | ServerError | RouteRefused,
}
