using Microsoft.Playwright;

namespace Waybill.Server.Specs.Screens;

/// <summary>What must be so on every page.</summary>
internal static class PageChecks
{
    /// <summary>The layout shift that nobody sees: a fraction of a pixel, when a busy machine paints a page in pieces.</summary>
    public const double UnseenShift = 0.001;

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

    /// <summary>Octets that came over the wire for it and all it needs, or for what one kind of element asked for.</summary>
    public static async Task<int> WeightAsync(this IPage page, string? initiator = null) => await page.EvaluateAsync<int>(
        """
        (initiator) => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
          .filter((one) => initiator === null || one.initiatorType === initiator).reduce((sum, one) => sum + one.transferSize, 0)
        """,
        initiator);
}
