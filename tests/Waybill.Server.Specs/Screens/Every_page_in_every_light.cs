using System.Reflection;
using Microsoft.Playwright;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Screens;

/// <summary><c>./test --long screens</c>: each page in both languages, by day and by night, on a phone, a tablet and a desk.</summary>
public sealed class Every_page_in_every_light(Every_page.Office office) : IClassFixture<Every_page.Office>
{
    static readonly int[] Widths = [360, 768, 1440];

    static readonly string[] Further =
    [
        "/admin/design", "/admin/start/mail", "/admin/start/brand", "/admin/start/test", "/admin/start/key", "/admin/account/totp",
        "/admin/t/default/messages", "/admin/t/default/messages?q=status:failed", "/admin/t/default/messages/*",
        "/admin/t/default/templates", "/admin/t/default/templates/*", "/admin/t/default/templates/new", "/admin/t/default/brands",
        "/admin/t/default/brands/new",
    ];

    static readonly string[] OfStrangers = ["/admin/sign-in", "/admin/reset", "/admin/reset/no-such-link", "/admin/invite/no-such-link",
        "/admin/first/no-such-link"];

    /// <summary>What is looked at in each run, and what only here.</summary>
    public static IEnumerable<TheoryDataRow<string>> Paths =>
        typeof(Every_page).GetMethod(nameof(Every_page.Can_be_read_on_a_phone_and_on_a_desk))!
        .GetCustomAttributes<InlineDataAttribute>().Select(row => (string)row.Data[0]!).Concat(Further).Distinct()
        .Select(path => new TheoryDataRow<string>(path));

    public static IEnumerable<TheoryDataRow<string>> PathsOfStrangers => OfStrangers.Select(path => new TheoryDataRow<string>(path));

    [Theory, Trait("Category", "Long"), Trait("Long", "screens")]
    [MemberData(nameof(Paths))]
    public async Task Can_be_read(string path)
    {
        var page = (await office.PagesAsync())[1];

        Assert.Empty(await FaultsAsync(page, () => office.GoAsync(page, path)));
    }

    [Theory, Trait("Category", "Long"), Trait("Long", "screens")]
    [MemberData(nameof(PathsOfStrangers))]
    public async Task Of_strangers_can_be_read(string path)
    {
        var page = await office.Browser.OpenAsync(1440);

        Assert.Empty(await FaultsAsync(page, async () => (await page.GotoAsync(office.Browser.At(path)))!));
    }

    /// <summary>What is wrong, with where it is.</summary>
    async Task<List<string>> FaultsAsync(IPage page, Func<Task<IResponse>> goAsync)
    {
        List<string> faults = [];
        void Complain(object? sender, IConsoleMessage message)
        {
            if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal)) faults.Add(message.Text);
        }

        page.Console += Complain;
        foreach (var look in (string[])["en.light", "en.dark", "de.light", "de.dark"])
        {
            await page.Context.AddCookiesAsync(
                [new() { Name = "waybill-look", Value = look, Domain = office.Browser.Server.Address.Host, Path = "/admin" }]);
            if ((await goAsync()).Status >= 500) faults.Add("a fault of the server's");
            if (await page.GetAttributeAsync("html", "lang") != look[..2]) faults.Add("it speaks another language");
            faults.AddRange((await FaultsAsync(page)).Select(fault => $"{look}, {fault}"));
        }

        page.Console -= Complain;
        return faults;
    }

    /// <summary>Axe takes the mails out of their page; how wide it is is measured before.</summary>
    static async Task<List<string>> FaultsAsync(IPage page)
    {
        List<string> faults = [];
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 800);
            if (await page.OverhangAsync() is > 0 and var overhang) faults.Add($"{width}: {overhang} pixels too wide");
        }

        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 800);
            faults.AddRange((await Axe.SeriousFaultsAsync(page)).Select(fault => $"{width}: {fault}"));
        }

        return faults;
    }
}
