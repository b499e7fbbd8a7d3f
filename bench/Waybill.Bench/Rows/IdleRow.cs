using System.Diagnostics;
using System.Text.RegularExpressions;
using Waybill.Bench.Load;
using Waybill.Bench.Measuring;
using Waybill.Bench.Subjects;

namespace Waybill.Bench.Rows;

/// <summary>What a server costs that has shown one page and sent one message and now has nothing to do.</summary>
internal sealed partial class IdleRow(Asked asked)
{
    /// <summary>What runs every few seconds is compiled a second time when it has run thirty times: that is still the start.</summary>
    static readonly TimeSpan Calm = TimeSpan.FromSeconds(60);

    static readonly TimeSpan Slice = TimeSpan.FromSeconds(15);
    const int Slices = 4;

    public async Task<string> MeasureAsync()
    {
        await using var database = await JournalDatabase.StartAsync(asked.IsPostgres);
        await using var server = await ServerUnderTest.StartAsync(database);
        var load = new PostingLoad(server.Address, server.ApiKey);
        load.Run(load.Request(1024), TimeSpan.FromMinutes(1), most: 1);
        await server.Journal.WaitUntilSettledAsync();
        await ShowPageAsync(server);
        var atFirst = await WatchAsync(server.Pid, Calm);
        var slices = new List<double>();
        while (slices.Count < Slices) slices.Add(await WatchAsync(server.Pid, Slice));
        double Memory(string kind) => ProcessFigures.Memory(server.Pid, kind);
        var further = Invariant($"{Memory("VmRSS"):0} MiB resident, {Memory("RssShmem"):0} of it compiled code; {atFirst:0.00} % in the first minute");
        return Invariant($"| idle, {asked.Database} | {Memory("RssAnon"):0.0} MiB private, {slices.Average():0.00} % CPU | – | – | {further} |");
    }

    /// <summary>Percent of one core.</summary>
    static async Task<double> WatchAsync(int pid, TimeSpan length)
    {
        var (clock, before) = (Stopwatch.StartNew(), ProcessFigures.CpuTime(pid));
        await Task.Delay(length);
        var percent = (ProcessFigures.CpuTime(pid) - before) / clock.Elapsed * 100;
        Progress.Tell($"{percent:0.00} % over {length.TotalSeconds:0} s");
        return percent;
    }

    /// <summary>Signs in by the link on the console. The cookie is for https only, so it is carried by hand.</summary>
    static async Task ShowPageAsync(ServerUnderTest server)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        using var entered = await client.GetAsync(new Uri(server.Address, EnterLink().Match(server.Output).Value));
        using var asking = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/admin"));
        asking.Headers.Add("Cookie", entered.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        using var page = await client.SendAsync(asking);
        page.EnsureSuccessStatusCode();
    }

    [GeneratedRegex("/admin/enter/[A-Za-z0-9_-]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EnterLink();
}
