using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Waybill.Bench.Load;
using Waybill.Bench.Measuring;
using Waybill.Bench.Subjects;

namespace Waybill.Bench.Rows;

/// <summary>What a server costs that has shown one page and sent one message and now has nothing to do.</summary>
internal sealed partial class IdleRow(Asked asked)
{
    static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Watch = TimeSpan.FromSeconds(40);

    public async Task<string> MeasureAsync()
    {
        await using var database = await JournalDatabase.StartAsync(asked.IsPostgres);
        await using var server = await ServerUnderTest.StartAsync(database);
        var load = new PostingLoad(server.Address, server.ApiKey);
        load.Run(load.Request(1024), TimeSpan.FromMinutes(1), most: 1);
        await server.Journal.WaitUntilSettledAsync();
        await ShowPageAsync(server);
        await Task.Delay(Calm);
        var (clock, before) = (Stopwatch.StartNew(), ProcessFigures.CpuTime(server.Pid));
        await Task.Delay(Watch);
        var cpu = (ProcessFigures.CpuTime(server.Pid) - before) / clock.Elapsed * 100;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| idle, {asked.Database} | {ProcessFigures.PrivateMemory(server.Pid):0.0} MiB private, {cpu:0.00} % CPU | – | – | {Watch.TotalSeconds:0} s watched after one page and one message |");
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
