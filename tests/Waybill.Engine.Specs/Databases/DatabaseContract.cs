using Waybill.Engine.Storage;
using Xunit;

namespace Waybill.Engine.Specs.Databases;

/// <summary>A contract that both databases keep: specified once here, run by one class for each of them.</summary>
public abstract class DatabaseContract(Provider provider) : IAsyncLifetime
{
    internal static CancellationToken None => CancellationToken.None;

    internal Provider Provider => provider;

    internal PostOffice Office { get; private set; } = null!;

    internal IDatabase Database => Office.Database;

    public virtual async ValueTask InitializeAsync() => Office = await PostOffice.OpenAsync(provider);

    // After a start that failed there is nothing to close.
    public virtual async ValueTask DisposeAsync()
    {
        if (Office is not null) await Office.DisposeAsync();
    }
}
