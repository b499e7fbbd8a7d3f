using System.Net;
using System.Net.Sockets;
using System.Text;
using Waybill.Engine;
using Waybill.Engine.Fetching;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Sqlite;
using Waybill.Engine.Tenancy;
using Waybill.Server.Api.Emails;
using Waybill.Server.Bodies;
using Waybill.Testing;

namespace Waybill.Server.Specs.Bodies;

/// <summary>A server on this machine sends a file; what Waybill keeps of it comes out of the memory of bodies.</summary>
public sealed class Attachments_that_are_fetched : IAsyncLifetime
{
    const int MiB = 1 << 20;

    readonly TemporaryFolder folder = new();
    readonly TcpListener files = new(IPAddress.Loopback, 0);
    readonly TenantId tenant = new(Guid.CreateVersion7());
    SqliteDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        files.Start();
        database = SqliteDatabase.Open(Path.Combine(folder.Path, "waybill.db"), TimeProvider.System);
        await new SchemaRunner(database, TimeProvider.System)
            .RunAsync(SchemaScript.Embedded(typeof(EngineServices).Assembly, "engine", database.Provider), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        files.Dispose();
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData((2 * MiB) + 5)]
    public async Task Take_memory_while_they_are_stored_and_give_it_back(int size)
    {
        var budget = new BodyBudget(256 * MiB, TimeProvider.System);

        var taken = await TakeInAsync(budget, size);

        Assert.Equal(size, Assert.Single(taken).Size);
        Assert.Equal(0, budget.Taken);
    }

    [Fact]
    public async Task Are_answered_503_where_there_is_no_memory_and_leave_none_taken()
    {
        var budget = new BodyBudget(2 * MiB, TimeProvider.System);

        var refused = await Assert.ThrowsAsync<BodyRefusedException>(() => TakeInAsync(budget, 5 * MiB));

        Assert.Equal((503, true, 0L), (refused.Error.StatusCode, refused.RetryAfter is not null, budget.Taken));
    }

    async Task<IReadOnlyList<Engine.Journal.NewAttachment>> TakeInAsync(BodyBudget budget, int size)
    {
        Assert.True(AllowedNets.TryParse(["127.0.0.1"], out var nets, out _));
        using var fetcher = new AttachmentFetcher(new AddressGuard(nets), TimeProvider.System);
        var intake = new AttachmentIntake(new ContentStore(database, TimeProvider.System), fetcher, budget);
        var served = ServeAsync(size);
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)files.LocalEndpoint).Port}/file.bin");
        var (taken, error) = await intake.TakeInAsync(tenant, [new PostedAttachment(null, null, null, null, url)], CancellationToken.None);
        await served;
        Assert.Null(error);
        return taken;
    }

    async Task ServeAsync(int size)
    {
        using var client = await files.AcceptTcpClientAsync();
        try
        {
            await client.Client.ReceiveAsync(new byte[4096]);
            await client.Client.SendAsync(
                Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n"));
            await client.Client.SendAsync(new byte[size]);
        }
        catch (SocketException)
        {
            // it was told enough
        }
    }
}
