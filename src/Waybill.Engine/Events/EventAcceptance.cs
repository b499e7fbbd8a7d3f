namespace Waybill.Engine.Events;

/// <summary>What taking events in came to.</summary>
public abstract record EventAcceptance
{
    private EventAcceptance() { }

    /// <summary>
    /// All of them are on disk with everything that they cause, in the order in which they were given. One that came before under the same
    /// source and id has the id that it got then, and caused nothing again.
    /// </summary>
    public sealed record Accepted(IReadOnlyList<EventKey> Ids) : EventAcceptance;

    /// <summary>Another event came before under the source and id of this one, counted from 0. None of them was taken in.</summary>
    public sealed record Conflicting(int Index) : EventAcceptance;
}
