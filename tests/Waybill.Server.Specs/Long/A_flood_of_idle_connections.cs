using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Waybill.Server.Connections;
using Waybill.Server.Specs.Trouble;
using Waybill.Testing;

namespace Waybill.Server.Specs.Long;

/// <summary>
/// <c>./test --long attack</c>: connections that say nothing, while an honest client posts mail one after another. What it felt is printed;
/// what was acknowledged is there. 20,000 sockets need that limit of open files for the specs too (<c>ulimit -n</c>); with less there are
/// as many as can be.
/// </summary>
[Trait("Category", "Long")]
[Trait("Long", "attack")]
public sealed class A_flood_of_idle_connections
{
    const int Posts = 200;

    /// <summary>How many the specs' own process can hold: it needs some for itself.</summary>
    static readonly int OurRoom = Math.Max(500, (DescriptorLimit.Read() ?? 4096) - 2000);

    int opened;

    [Theory]
    [InlineData(512, 5_000)]
    [InlineData(1_024, 20_000)]
    [InlineData(4_096, 20_000)]
    [InlineData(20_000, 20_000)]
    public async Task Kills_nothing_and_loses_nothing(int descriptors, int connections)
    {
        await using var server = await ServerProcess.StartAsync(
            new Dictionary<string, string>(
                StringComparer.Ordinal)
            { ["SPECS_OPEN_FILES"] = descriptors.ToString(CultureInfo.InvariantCulture) });
        var poster = new Poster(server);
        var before = await PostAllAsync(poster, () => true);
        using var stop = new CancellationTokenSource();
        var silent = new List<Socket>();
        var flood = Task.Run(() => FloodAsync(server.Address.Port, connections, silent, stop.Token), stop.Token);

        var during = await PostAllAsync(poster, () => Volatile.Read(ref opened) >= connections);
        var verb = await server.RunAsync("keys", "list");
        await stop.CancelAsync();
        await flood;

        Assert.True(verb.ExitCode == 0, verb.Complaints);
        await poster.AssertNothingIsLostAsync();
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{descriptors} descriptors, {opened} silent connections opened, {silent.Count} held: posts p50 {At(before, 0.5):0.0} ms and p99 {At(before, 0.99):0.0} ms before, p50 {At(during, 0.5):0.0} ms and p99 {At(during, 0.99):0.0} ms during; peak memory {PeakMemory(server.Pid)}; {poster.Acknowledged} acknowledged, 0 lost"));
        silent.ForEach(one => one.Dispose());
        Assert.Equal(0, await server.StopAsync());
    }

    /// <summary>Opens as many, and others in place of the oldest, until it is told to stop.</summary>
    async Task FloodAsync(int port, int connections, List<Socket> silent, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (silent.Count >= Math.Min(connections, OurRoom)) Drop(silent, silent.Count / 10);
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync("127.0.0.1", port, stop);
                silent.Add(socket);
                Interlocked.Increment(ref opened);
            }
            catch (Exception full) when (full is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                Drop(silent, silent.Count / 10);
            }
        }
    }

    static void Drop(List<Socket> silent, int count)
    {
        foreach (var one in silent.Take(count)) one.Dispose();
        silent.RemoveRange(0, count);
    }

    static async Task<List<double>> PostAllAsync(Poster poster, Func<bool> isEnough)
    {
        var times = new List<double>(Posts);
        for (var i = 0; i < Posts || !isEnough(); i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await poster.PostAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}");
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        return times;
    }

    static double At(List<double> times, double share) => times[(int)(share * (times.Count - 1))];

    static string PeakMemory(int pid) =>
        File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal))["VmHWM:".Length..].Trim();
}
