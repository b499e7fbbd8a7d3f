namespace Waybill.Engine.Routing;

/// <summary>What a stream does when its relay has reached its daily or monthly cap.</summary>
public enum AtCap
{
    /// <summary>Waits for the next day or month.</summary>
    Wait,

    /// <summary>Tries regardless: the relay itself may refuse.</summary>
    Attempt,
}
