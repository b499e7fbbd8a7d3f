namespace Waybill.Engine.Transports;

/// <summary>A relay in use: it is not closed before this is disposed of, though it may be changed or removed meanwhile.</summary>
internal sealed class RelayLoan(Relay relay) : IDisposable
{
    int isReturned;

    public Relay Relay => relay;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref isReturned, 1) == 0) relay.Return();
    }
}
