using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Waybill.Testing.Real;

/// <summary>axe-core, which finds what keeps people from reading a page.</summary>
public static class Axe
{
    /// <summary>What it calls serious or critical on a page, a line each: the rule, what it says, where.</summary>
    public static async Task<IReadOnlyList<string>> SeriousFaultsAsync(IPage page)
    {
        // A mail in its cage runs no script, axe's neither: it would wait there for ever. That the frame has a title is seen here instead.
        var nameless =
            await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('iframe')].filter((frame) => (frame.remove(), !frame.title)).map((frame) => "
                    + "frame.outerHTML)");
        var result = await page.RunAxe();
        return
        [
            .. nameless.Select(frame => $"frame-title: {frame}"),
            .. result.Violations
                .Where(violation => violation.Impact is "serious" or "critical")
                .SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {violation.Help} {node.Html}")),
        ];
    }
}
