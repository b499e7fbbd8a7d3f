using Xunit;

namespace Waybill.Engine.Specs.Mails;

/// <summary>What is measured in a browser must come out the same on every machine.</summary>
public sealed class The_fonts_of_the_specs(ChromiumOfSpecs shared) : IClassFixture<ChromiumOfSpecs>
{
    [Theory]
    [InlineData("-apple-system,'Segoe UI',Roboto,Helvetica,Arial,Lato,'Liberation Sans','Noto Sans',sans-serif", "AED 187.50",
        "DejaVu Sans")]
    [InlineData("'Noto Sans Arabic','Droid Sans Fallback',sans-serif", "المجموع", "DejaVu Sans")]
    [InlineData("ui-monospace,Menlo,Consolas,'Liberation Mono','Noto Mono',monospace", "KT-2026-118", "DejaVu Sans Mono")]
    [InlineData("Georgia,'Times New Roman','Liberation Serif',serif", "Total", "DejaVu Serif")]
    public async Task Are_the_same_ones_whatever_a_machine_has(string family, string text, string font)
    {
        var page = await shared.Chromium.OpenAsync(360);
        await page.SetContentAsync($"<p style=\"font-family:{family}\">{text}</p>");

        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("DOM.enable");
        await devTools.SendAsync("CSS.enable");
        var root = (await devTools.SendAsync("DOM.getDocument"))!.Value.GetProperty("root").GetProperty("nodeId").GetInt32();
        var found = await devTools.SendAsync("DOM.querySelector", new() { ["nodeId"] = root, ["selector"] = "p" });
        var used =
            await devTools.SendAsync("CSS.getPlatformFontsForNode", new() { ["nodeId"] = found!.Value.GetProperty("nodeId").GetInt32() });

        Assert.Equal([font], used!.Value.GetProperty("fonts").EnumerateArray().Select(one => one.GetProperty("familyName").GetString()));
    }
}
