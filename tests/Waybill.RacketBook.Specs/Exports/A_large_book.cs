using System.Diagnostics;
using System.Globalization;
using Waybill.RacketBook.Orders;

namespace Waybill.RacketBook.Specs.Exports;

/// <summary>100,000 orders. The process has the specs in it too, so it is the growth that counts.</summary>
[Trait("Category", "Long"), Trait("Long", "exports")]
public class A_large_book(ITestOutputHelper output)
{
    const int Orders = 100_000;
    const long MostMemory = 150L << 20;

    [Fact]
    public async Task Is_exported_in_memory_that_does_not_grow_with_it()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        await FillAsync(book, shop);
        var desk = book.Exports;

        Assert.InRange(await GrowthAsync("workbook", (to, token) => desk.WriteWorkbookAsync(shop.Scope, to, token)), 0, MostMemory);
        Assert.InRange(await GrowthAsync("document", (to, token) => desk.WriteJsonAsync(shop.Scope, to, token)), 0, MostMemory);
    }

    async Task<long> GrowthAsync(string what, Func<Stream, CancellationToken, Task> export)
    {
        GC.Collect();
        var (before, peak) = (Anonymous(), 0L);
        using var counted = new CountingStream();
        var clock = Stopwatch.StartNew();
        var work = Task.Run(() => export(counted, CancellationToken.None));
        while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(20))) != work) peak = Math.Max(peak, Anonymous());
        await work;
        var growth = Math.Max(0, peak - before);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Orders:N0} orders, {what}: {growth / 1048576.0:0.0} MiB more at its peak, {counted.Octets / 1048576.0:0.0} MiB in {clock.Elapsed.TotalSeconds:0.0} s"));
        return growth;
    }

    static async Task FillAsync(MadeBook book, Shop shop)
    {
        var (racket, known) = (await shop.AddRacketAsync("Blade 98"), await shop.AddStringAsync("RPM Blast"));
        var clients = new List<Waybill.RacketBook.Clients.Client>();
        for (var i = 0; i < 200; i++) clients.Add(await shop.AddClientAsync($"Ann {i}", "Meier", $"ann{i}@example.org"));
        foreach (var numbers in Enumerable.Range(0, Orders).Chunk(1_000))
            await book.WriteAsync(async session =>
            {
                foreach (var number in numbers)
                    await OrderRows.InsertAsync(
                        session, shop.Job(clients[number % 200], racket, known) with { ReceiptNumber = $"2026-{number:0000}" });
            });
    }

    /// <summary>What only this process holds, managed and not.</summary>
    static long Anonymous() => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal))
            .Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    sealed class CountingStream : Stream
    {
        public long Octets { get; private set; }
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => Octets += count;
    }
}
