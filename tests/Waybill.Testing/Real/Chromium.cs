using System.Reflection;
using Microsoft.Playwright;

namespace Waybill.Testing.Real;

/// <summary>Debian's Chromium without a window, steered by Playwright. It keeps nothing, and fetches only what a spec opens.</summary>
public sealed class Chromium : IAsyncDisposable
{
    const string Program = "/usr/bin/chromium";

    static readonly string[] Switches =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--font-render-hinting=none",
    ];

    readonly IPlaywright playwright;
    readonly IBrowser browser;

    Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    /// <summary>Starts one; it stops when disposed of.</summary>
    public static async Task<Chromium> StartAsync()
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_DRIVER_SEARCH_PATH", DriverFolder());
        var driver = await Playwright.CreateAsync();
        try
        {
            return new(driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = Program, Headless = true, Args = Switches }));
        }
        catch
        {
            driver.Dispose();
            throw;
        }
    }

    /// <summary>An empty page in a profile of its own, as wide as the screen that is meant.</summary>
    /// <param name="width">In CSS pixels.</param>
    /// <param name="isDark">What the person prefers.</param>
    /// <param name="isScripted">Whether scripts of the page run; axe needs them.</param>
    public async Task<IPage> OpenAsync(int width, bool isDark = false, bool isScripted = true)
    {
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 800 },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = isScripted,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    /// <summary>Where NuGet put the driver; the build wrote it down.</summary>
    static string DriverFolder() => typeof(Chromium).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(metadata => string.Equals(metadata.Key, "PlaywrightDriver", StringComparison.Ordinal)).Value!;
}
