using Waybill.Server.Specs.Cabinet;

namespace Waybill.Server.Specs.Studio;

public sealed class The_first_key(SharedServer shared)
{
    [Fact]
    public async Task Is_shown_once_and_made_once()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);
        var name = "first " + Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");

        var made = await cabinet.SendAsync("/admin/start/key", new() { ["name"] = name, ["scope"] = "send" });
        var again = await cabinet.ReadAsync("/admin/start/key");
        var list = await cabinet.ReadAsync("keys");

        Assert.Equal("/admin/start/key", made.To);
        Assert.StartsWith("wb_", CabinetVisit.KeyIn(made.Text), StringComparison.Ordinal);
        Assert.Equal("", CabinetVisit.KeyIn(again));
        Assert.Single(
            System.Text.RegularExpressions.Regex.Matches(
                list, name, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.DoesNotMatch($"{name}.{{0,2000}}API or command line", list);
    }

    [Fact]
    public async Task Comes_back_with_what_was_typed_when_it_cannot_be_called_so()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);

        var sent = await cabinet.SendAsync("/admin/start/key", new() { ["name"] = HostileNames.Endless, ["scope"] = "send" });

        Assert.NotNull(sent.FaultOf("name"));
        Assert.Contains(HostileNames.Endless, sent.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relay_that_is_tested_first_keeps_its_password_for_the_next_page()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);

        var tested =
            await cabinet.SendAsync(
                "/admin/start/mail/test",
                new()
                {
                    ["kind"] = "smtp",
                    ["host"] = "127.0.0.1",
                    ["port"] = "1",
                    ["security"] = "none",
                    ["user"] = "ann",
                    ["password"] = "a river under ice"
                });
        var refused =
            await cabinet.SendAsync(
                "/admin/start/mail",
                new()
                {
                    ["kind"] = "smtp",
                    ["host"] = "127.0.0.1",
                    ["port"] = "no",
                    ["security"] = "none",
                    ["user"] = "ann",
                    ["password"] = "a river under ice"
                });

        Assert.All(
            new[] { tested, refused }, page => Assert.Contains("name=\"secret_box\" value=\"CfDJ", page.Text, StringComparison.Ordinal));
        Assert.All(new[] { tested, refused }, page => Assert.DoesNotContain("a river under ice", page.Text, StringComparison.Ordinal));
    }
}
