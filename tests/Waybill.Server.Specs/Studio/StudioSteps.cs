using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Waybill.Testing;

namespace Waybill.Server.Specs.Studio;

/// <summary>What the specs of these pages do again and again.</summary>
internal static class StudioSteps
{
    const int MostTabs = 200;

    /// <summary>Posts to the API, and gives the id of what was made.</summary>
    public static async Task<string> PostAsync(this ServerProcess server, string path, object body)
    {
        using var answer = await server.Client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>Presses Tab until the focus is there.</summary>
    public static async Task TabToAsync(this IPage page, string selector, bool isBackwards = false)
    {
        for (var i = 0; i < MostTabs; i++)
        {
            if (await page.Locator(selector).First.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await page.Keyboard.PressAsync(isBackwards ? "Shift+Tab" : "Tab");
        }

        Assert.Fail($"{selector} is not reached by Tab.");
    }

    /// <summary>The fields of a template's form, as a browser would send them.</summary>
    public static Dictionary<string, string> Template(string tag, string body, string name = "Receipt", string alias = "") => new()
    {
        ["tag"] = tag,
        ["format"] = "markdown",
        ["name"] = name,
        ["alias"] = alias,
        ["locales"] = "en",
        ["locale"] = "en",
        ["subject.en"] = "Your receipt",
        ["body.en"] = body,
    };
}
