using Microsoft.Playwright;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Screens;

/// <summary>A Chromium and a server of its own, for all specs of a class.</summary>
public sealed class Browser : IAsyncLifetime
{
    Chromium? chromium;

    public ServerProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await ServerProcess.StartAsync();
        chromium = await Chromium.StartAsync();
    }

    /// <summary>A page of the owner, who signed in.</summary>
    public async Task<IPage> EnterAsync(int width, bool isDark = false, bool isScripted = true)
    {
        var page = await OpenAsync(width, isDark, isScripted);
        await page.GotoAsync(At("/admin/sign-in"));
        await page.FillAsync("[name=email]", ServerProcess.OwnerEmail);
        await page.FillAsync("[name=password]", ServerProcess.OwnerPassword);
        await page.PressAsync("[name=password]", "Enter");
        await page.WaitForSelectorAsync("[action='/admin/sign-out']", new() { State = WaitForSelectorState.Attached });
        return page;
    }

    /// <summary>A page of somebody who did not.</summary>
    public Task<IPage> OpenAsync(int width, bool isDark = false, bool isScripted = true) => chromium!.OpenAsync(width, isDark, isScripted);

    public string At(string path) => new Uri(Server.Address, path).AbsoluteUri;

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        await Server.DisposeAsync();
    }
}
