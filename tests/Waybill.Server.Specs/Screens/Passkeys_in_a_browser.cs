using Microsoft.Playwright;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Screens;

/// <summary>Chromium with an authenticator that is made of software. Browsers make passkeys for a name, so it opens localhost.</summary>
public sealed class Passkeys_in_a_browser(Browser browser) : IClassFixture<Browser>
{
    const string Name = "مفتاح 🔑";

    [Fact]
    public async Task Are_added_sign_in_and_are_removed()
    {
        var (page, devtools, authenticator) = await OpenAsync();
        await SignInAsync(page);
        await AddAsync(page);
        Assert.Contains("The passkey is added", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Contains(Name, await page.InnerTextAsync("main"), StringComparison.Ordinal);

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(At("/admin/sign-in?return=/admin/account"));
        Assert.InRange(await page.ShiftAsync(), 0, PageChecks.UnseenShift);
        Assert.Empty(await Axe.SeriousFaultsAsync(page));
        await page.ClickAsync("text=Sign in with a passkey");
        await page.WaitForSelectorAsync("h1:text('Your account')");
        await page.GotoAsync(At("/admin/instance/audit"));
        Assert.Contains("signed in by a passkey", await page.InnerTextAsync("main"), StringComparison.Ordinal);

        await page.GotoAsync(At("/admin/account"));
        await page.ClickAsync("form[action='/admin/account/passkeys/remove'] button");
        await page.WaitForSelectorAsync("text=The passkey is removed");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(At("/admin/sign-in"));
        await page.ClickAsync("text=Sign in with a passkey");

        await page.WaitForSelectorAsync("text=That passkey did not let you in");
        Assert.Single(
            (await devtools.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = authenticator }))!.Value.GetProperty(
                "credentials").EnumerateArray());
    }

    [Fact]
    public async Task Say_so_when_the_authenticator_gives_none()
    {
        var (page, devtools, authenticator) = await OpenAsync();
        await devtools.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = authenticator, ["isUserVerified"] = false });
        await page.GotoAsync(At("/admin/sign-in"));

        await page.ClickAsync("text=Sign in with a passkey");

        await page.WaitForSelectorAsync("text=No passkey was given.");
        Assert.EndsWith("/admin/sign-in", page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "127.0.0.1")]
    [InlineData(false, "localhost")]
    public async Task Are_not_offered_at_another_address_nor_without_scripts(bool isScripted, string host)
    {
        var page = await browser.OpenAsync(1440, isScripted: isScripted);
        await page.GotoAsync($"http://{host}:{browser.Server.Address.Port}/admin/sign-in");

        Assert.False(await page.IsVisibleAsync("text=Sign in with a passkey"));
        Assert.True(await page.IsVisibleAsync("[name=password]"));
    }

    async Task<(IPage Page, ICDPSession Devtools, string Authenticator)> OpenAsync()
    {
        var page = await browser.OpenAsync(1440);
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        var options = new
        {
            protocol = "ctap2",
            transport = "internal",
            hasResidentKey = true,
            hasUserVerification = true,
            isUserVerified = true,
            automaticPresenceSimulation = true
        };
        var made = await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = options });
        return (page, devtools, made!.Value.GetProperty("authenticatorId").GetString()!);
    }

    async Task SignInAsync(IPage page)
    {
        await page.GotoAsync(At("/admin/sign-in"));
        await page.FillAsync("[name=email]", ServerProcess.OwnerEmail);
        await page.FillAsync("[name=password]", ServerProcess.OwnerPassword);
        await page.PressAsync("[name=password]", "Enter");
        await page.WaitForURLAsync(url => !url.EndsWith("/sign-in", StringComparison.Ordinal));
    }

    async Task AddAsync(IPage page)
    {
        await page.GotoAsync(At("/admin/account"));
        await page.ClickAsync("text=Add a passkey");
        await page.FillAsync("[name=name]", Name);
        await page.FillAsync("[name=present]", ServerProcess.OwnerPassword);
        await page.PressAsync("[name=present]", "Enter");
        await page.ClickAsync("text=Make the passkey");
        await page.WaitForSelectorAsync("h1:text('Your account')");
    }

    string At(string path) => $"http://localhost:{browser.Server.Address.Port}{path}";
}
