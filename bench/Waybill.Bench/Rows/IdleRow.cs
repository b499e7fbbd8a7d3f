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
        var further =
            Invariant(
                $"{Memory("VmRSS"):0} MiB resident, {Memory("RssShmem"):0} of it compiled code; {atFirst:0.00} % in the first minute");
        return Invariant(
            $"| idle, {asked.Database} | {Memory("RssAnon"):0.0} MiB private, {slices.Average():0.00} % CPU | – | – | {further} |");
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

    /// <summary>Signs in and looks at a page. The cookies are for https only, so they are carried by hand.</summary>
    static async Task ShowPageAsync(ServerUnderTest server)
    {
        using var client =
            new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Address };
        using var form = await client.GetAsync(new Uri("/admin/sign-in", UriKind.Relative));
        client.DefaultRequestHeaders.Add("Cookie", CookieOf(form));
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["email"] = ServerUnderTest.OwnerEmail,
            ["password"] = ServerUnderTest.OwnerPassword,
            ["__RequestVerificationToken"] = FormToken().Match(await form.Content.ReadAsStringAsync()).Groups["token"].Value,
        });
        using var entered = await client.PostAsync(new Uri("/admin/sign-in", UriKind.Relative), fields);
        client.DefaultRequestHeaders.Remove("Cookie");
        client.DefaultRequestHeaders.Add("Cookie", CookieOf(entered));
        using var page = await client.GetAsync(new Uri("/admin/t/default/messages", UriKind.Relative));
        page.EnsureSuccessStatusCode();
    }

    static string CookieOf(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").First().Split(';')[0];

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormToken();
}
