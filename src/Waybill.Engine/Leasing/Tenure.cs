namespace Waybill.Engine.Leasing;

/// <summary>
/// A stretch of time over which this node renewed its leases before they ran out, by its own monotonic time counted from before it asked.
/// The token keeps a node that lost its claims from changing rows; this keeps it from handing messages over: a process that was frozen
/// finds its tenure over, and another node may have the messages by then.
/// </summary>
internal sealed class Tenure(TimeProvider clock)
{
    static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    long renewedAt = clock.GetTimestamp();

    /// <summary>Whether claims made in this tenure are still ours. Once false, it stays so.</summary>
    public bool Holds => clock.GetElapsedTime(Interlocked.Read(ref renewedAt)) < Lease.Length - Margin;

    /// <summary>The leases were renewed, which was asked for at that time stamp. Too late, it renews nothing.</summary>
    public void Renew(long askedAt)
    {
        if (Holds) Interlocked.Exchange(ref renewedAt, askedAt);
    }
}
