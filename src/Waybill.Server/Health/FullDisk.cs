namespace Waybill.Server.Health;

/// <summary>Remembers that a request was refused because the disk is full, until somebody finds room again.</summary>
internal sealed class FullDisk(TimeProvider clock)
{
    long refusedAt;
    volatile bool isFull;

    /// <summary>Whether nobody found room since.</summary>
    public bool IsFull => isFull;

    /// <summary>How long ago the last request was refused.</summary>
    public TimeSpan SinceRefused => clock.GetElapsedTime(Volatile.Read(ref refusedAt));

    /// <summary>A request was refused.</summary>
    public void Note()
    {
        Volatile.Write(ref refusedAt, clock.GetTimestamp());
        isFull = true;
    }

    /// <summary>There is room again.</summary>
    public void Clear() => isFull = false;
}
