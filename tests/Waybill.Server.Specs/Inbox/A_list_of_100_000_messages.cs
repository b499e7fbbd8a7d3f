using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Waybill.Server.Specs.Screens;

namespace Waybill.Server.Specs.Inbox;

/// <summary><c>./test --long inbox</c>: how long an operator waits for the list, measured in Chromium.</summary>
public sealed class A_list_of_100_000_messages(Browser browser) : IClassFixture<Browser>
{
    const int Messages = 100_000;
    const int Batch = 100;
    const int Rounds = 7;

    [Fact, Trait("Category", "Long"), Trait("Long", "inbox")]
    public async Task Is_there_within_300_ms_and_does_not_jump()
    {
        for (var n = 0; n < Messages; n += Batch) await PostAsync(n);
        var page = await browser.EnterAsync(1440);
        List<string> figures = [], late = [];
        foreach (var search in (string[])["", "?q=to:person77777", "?q=order", "?q=to:person+subject:order", "?q=status:failed", "?q=stream:api+since:1h"])
        {
            var (median, worst, shift) = await MeasureAsync(page, "/admin/t/default/messages" + search);
            figures.Add(string.Create(CultureInfo.InvariantCulture, $"{search}: {median:0} ms, worst {worst:0} ms, shift {shift:0.###}"));
            if (median > 300 || shift > 0) late.Add(figures[^1]);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("\n", figures));
        TestContext.Current.SendDiagnosticMessage(string.Join("\n", figures));
        Assert.True(late.Count == 0, string.Join("\n", figures));
    }

    /// <summary>From the click to the first content, as the browser itself tells it; the first round is not counted.</summary>
    async Task<(double Median, double Worst, double Shift)> MeasureAsync(IPage page, string path)
    {
        List<double> times = [];
        double shift = 0;
        for (var round = 0; round <= Rounds; round++)
        {
            await page.GotoAsync(browser.At(path));
            var time = await page.EvaluateAsync<double>(
                "() => new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntriesByName('first-contentful-paint')[0].startTime)).observe({ type: 'paint', buffered: true }))");
            if (round > 0) times.Add(time);
            shift = Math.Max(shift, await page.ShiftAsync());
        }

        times.Sort();
        return (times[times.Count / 2], times[^1], shift);
    }

    async Task PostAsync(int first)
    {
        var batch = Enumerable.Range(first, Batch).Select(n => new
        {
            from = "Corner Shop <shop@example.com>",
            to = $"person{n}@example.org",
            subject = $"Your order {n}",
            text = "Thank you.",
        });
        using var answer = await browser.Server.Client.PostAsJsonAsync(new Uri("/emails/batch", UriKind.Relative), batch);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
