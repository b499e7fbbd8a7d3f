using System.Text.RegularExpressions;
using Waybill.Testing;

namespace Waybill.Server.Specs.RacketBook;

public sealed class The_demo_of_a_book
{
    [Fact]
    public async Task Is_there_when_it_is_asked_for_and_gone_for_good_with_one_tap()
    {
        await using var server =
            await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Demo"] = "true" });
        using var owner = await OperatorClient.EnterAsync(server);
        var demo =
            Regex.Match(
                (await owner.GetAsync("/racketbook")).Text, "as_stringer=[0-9a-f-]{36}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        Assert.Contains("Beat Beispiel", (await owner.GetAsync("/racketbook?" + demo)).Text, StringComparison.Ordinal);

        (await owner.PostAsync("/racketbook/open", [])).Dispose();
        await owner.GetAsync("/racketbook/catalogue/strings/new");
        (await owner.PostAsync(
            "/racketbook/catalogue/strings/new", new() { ["maker"] = "Babolat", ["model"] = "RPM Kept", ["gauge"] = "1.25" })).Dispose();
        (await owner.PostAsync("/racketbook/demo/remove", [])).Dispose(); // their own book, which is no demo
        Assert.Contains("RPM Kept", (await owner.GetAsync("/racketbook/catalogue?kind=string")).Text, StringComparison.Ordinal);

        (await owner.PostAsync("/racketbook/demo/remove?" + demo, [])).Dispose();

        Assert.DoesNotContain("(Demo)", (await owner.GetAsync("/racketbook/stringers")).Text, StringComparison.Ordinal);
        await server.KillAsync();
        await server.StartAgainAsync();
        Assert.DoesNotContain("(Demo)", (await owner.GetAsync("/racketbook/stringers")).Text, StringComparison.Ordinal);
    }
}
