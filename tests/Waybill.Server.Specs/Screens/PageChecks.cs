using Microsoft.Playwright;

namespace Waybill.Server.Specs.Screens;

/// <summary>What must be so on every page.</summary>
internal static class PageChecks
{
    /// <summary>Pixels by which it is wider than the window: then a reader has to scroll to and fro.</summary>
    public static async Task<int> OverhangAsync(this IPage page) =>
        await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>How far things jump while it loads (Cumulative Layout Shift); 0 is what we want.</summary>
    public static async Task<double> ShiftAsync(this IPage page) => await page.EvaluateAsync<double>(
        """
        () => new Promise((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; }).observe({ type: 'layout-shift', buffered: true });
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
        })
        """);

    /// <summary>Octets that came over the wire for it and all it needs.</summary>
    public static async Task<int> WeightAsync(this IPage page) => await page.EvaluateAsync<int>(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, one) => sum + one.transferSize, 0)");
}
