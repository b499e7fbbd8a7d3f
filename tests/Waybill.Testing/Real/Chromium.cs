using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Playwright;

namespace Waybill.Testing.Real;

/// <summary>
/// Debian's Chromium without a window, steered by Playwright. It keeps nothing, fetches only what a spec opens, and sees no fonts but those
/// of a file of <c>tests/Fixtures/Fonts</c>. All specs of a process look through one browser, each in profiles of its own.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    const string Program = "/usr/bin/chromium";

    static readonly string[] Switches =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--font-render-hinting=none", "--in-process-gpu",
    ];

    static readonly ConcurrentDictionary<string, Lazy<Task<IBrowser>>> Browsers = new(StringComparer.Ordinal);

    readonly IBrowser browser;
    readonly ConcurrentBag<IBrowserContext> profiles = [];

    Chromium(IBrowser browser) => this.browser = browser;

    /// <summary>
    /// The browser, which the first to ask starts and which ends with this process. Disposing closes what was opened by this one.
    /// </summary>
    /// <param name="fonts">Which file of <c>tests/Fixtures/Fonts</c> says what fonts there are.</param>
    public static async Task<Chromium> StartAsync(string fonts = "fonts.conf") =>
        new(await Browsers.GetOrAdd(fonts, _ => new(() => LaunchAsync(Repository.PathOf("tests/Fixtures/Fonts/" + fonts)))).Value);

    static async Task<IBrowser> LaunchAsync(string fonts)
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_DRIVER_SEARCH_PATH", DriverFolder());
        var driver = await Playwright.CreateAsync();
        return await driver.Chromium.LaunchAsync(
            new() { ExecutablePath = Program, Headless = true, Args = Switches, Env = EnvironmentWith(fonts) });
    }

    /// <summary>Ours, as Playwright would have passed it on, with other fonts.</summary>
    static Dictionary<string, string> EnvironmentWith(string fonts)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(one => (string)one.Key, one => (string)one.Value!, StringComparer.Ordinal);
        environment["FONTCONFIG_FILE"] = fonts;
        return environment;
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
        profiles.Add(context);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var profile in profiles) await profile.CloseAsync();
    }

    /// <summary>Where NuGet put the driver; the build wrote it down.</summary>
    static string DriverFolder() => typeof(Chromium).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(metadata => string.Equals(metadata.Key, "PlaywrightDriver", StringComparison.Ordinal)).Value!;
}
