namespace Waybill.Engine.Routing;

/// <summary>When a message of a stream is handed over.</summary>
public enum HandOverMode
{
    /// <summary>When its turn comes.</summary>
    Queued,

    /// <summary>After the COMMIT and within the caller's call, which waits at most 30 s.</summary>
    Inline,
}
