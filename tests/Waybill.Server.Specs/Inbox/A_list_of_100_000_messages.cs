using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using Waybill.Server.Specs.Screens;

namespace Waybill.Server.Specs.Inbox;

/// <summary><c>./test --long inbox</c>: how long an operator waits, measured in Chromium.</summary>
[Trait("Category", "Long"), Trait("Long", "inbox")]
public sealed class A_list_of_100_000_messages(Archive archive, ITestOutputHelper output) : IClassFixture<Archive>
{
    const int Rounds = 7;
    const int Heaviest = 150_000;
    const string List = "/admin/t/default/messages";

    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData(List)]
    [InlineData(List + "?q=to:person77777")]
    [InlineData(List + "?q=order")]
    [InlineData(List + "?q=to:person+subject:order")]
    [InlineData(List + "?q=status:sent")]
    [InlineData(List + "?q=status:suppressed")]
    [InlineData(List + "?q=status:failed,held")]
    [InlineData(List + "?q=status:waiting,suppressed")]
    [InlineData(List + "?q=tag:order%3D4711")]
    [InlineData(List + "?q=tag:order")]
    [InlineData(List + "?q=stream:api+since:1h")]
    [InlineData(List + "?q=id:01928374-6574-7392-8192-837465748392")]
    [InlineData("/admin/t/default/overview")]
    [InlineData("/admin/t/default/overview?span=30d")]
    [InlineData("/admin/t/default/relays/00000000-0000-7000-8000-000000000001")]
    [InlineData("/admin/instance/health")]
    public async Task Is_there_within_300_ms_and_does_not_jump(string path)
    {
        var page = await archive.Browser.EnterAsync(1440);
        var (median, worst, shift) = await MeasureAsync(page, path);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {median:0} ms, worst {worst:0} ms, shift {shift:0.###}"));
        Assert.InRange(median, 1, Patience.TotalMilliseconds);
        Assert.InRange(shift, 0, 0.001); // "59 s ago" may become "1 min ago" while it is measured
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/admin/sign-in")]
    [InlineData(List)]
    [InlineData(List + "?q=to:person77777")]
    [InlineData("/admin/t/default/overview")]
    [InlineData("/admin/t/default/overview?span=30d")]
    [InlineData("/admin/instance/health")]
    public async Task Weighs_little_at_a_first_visit(string path)
    {
        var page = await archive.Browser.EnterAsync(1440);
        var wire = await page.Context.NewCDPSessionAsync(page);
        await wire.SendAsync("Network.enable");
        await wire.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        await page.GotoAsync(archive.Browser.At(path));
        var weight = await page.WeightAsync();

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {weight} octets"));
        Assert.InRange(weight, 1_000, Heaviest);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Begins_at_once_as_CSV_and_has_a_line_for_each()
    {
        using var owner = await OperatorClient.EnterAsync(archive.Browser.Server);
        var asked = Stopwatch.GetTimestamp();
        using var answer = await owner.Http.GetAsync(new Uri(List + ".csv", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var text = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await text.ReadLineAsync();
        await text.ReadLineAsync();
        var first = Stopwatch.GetElapsedTime(asked);
        var lines = 1;
        while (await text.ReadLineAsync() is not null) lines++;

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"CSV: first message after {first.TotalMilliseconds:0} ms, all after {Stopwatch.GetElapsedTime(asked).TotalSeconds:0.0} s"));
        Assert.Equal(100_000, lines);
        Assert.InRange(first, TimeSpan.Zero, Patience);
    }

    /// <summary>From the request to the first content, as the browser itself tells it; the first round is not counted.</summary>
    async Task<(double Median, double Worst, double Shift)> MeasureAsync(IPage page, string path)
    {
        List<double> times = [];
        double shift = 0;
        for (var round = 0; round <= Rounds; round++)
        {
            await page.GotoAsync(archive.Browser.At(path));
            var time = await page.EvaluateAsync<double>(
                "() => new Promise((resolve) => new PerformanceObserver((list) => "
                    + "resolve(list.getEntriesByName('first-contentful-paint')[0].startTime)).observe({ type: 'paint', buffered: true }))");
            if (round > 0) times.Add(time);
            shift = Math.Max(shift, await page.ShiftAsync());
        }

        times.Sort();
        return (times[times.Count / 2], times[^1], shift);
    }
}
