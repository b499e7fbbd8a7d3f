using System.Net;
using System.Text.RegularExpressions;
using Waybill.Testing;

namespace Waybill.Server.Specs.Cabinet;

public sealed class Logs_settings_and_health(SharedServer shared)
{
    [Fact]
    public async Task Requests_are_found_by_status_and_path()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);
        using var program = await cabinet.ProgramAsync();
        using var good = await program.GetAsync(new Uri("/emails", UriKind.Relative));
        using var bad = await program.PostAsync(new Uri("/suppressions", UriKind.Relative), new StringContent("{}"));

        var refused =
            await Eventually.GetAsync(
                "the request to be noted",
                async () => await cabinet.ReadAsync("logs?status=4") is var page
                    && page.Contains("POST /suppressions", StringComparison.Ordinal) ? page : null);
        var found = await cabinet.ReadAsync("logs?path=EMAIL");
        var one = await cabinet.ReadAsync(Regex.Match(refused, "logs/[0-9a-f-]{36}", default, TimeSpan.FromSeconds(1)).Value);

        Assert.DoesNotContain("GET /emails", refused, StringComparison.Ordinal);
        Assert.Contains("GET /emails", found, StringComparison.Ordinal);
        Assert.Contains("missing_required_field", one, StringComparison.Ordinal);
        Assert.Contains("program", one, StringComparison.Ordinal);
        Assert.Contains("No request is like that.", await cabinet.ReadAsync("logs?path=%25nothing"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await cabinet.StatusOfAsync("logs?status=nonsense&after=nonsense"));
    }

    [Fact]
    public async Task A_tenant_gets_another_name_and_zone()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);
        var name = cabinet.Tenant + "-2";

        var changed = await cabinet.SendAsync("settings", new() { ["name"] = name, ["time_zone"] = "Asia/Tokyo" });

        Assert.Equal($"/admin/t/{name}/settings", changed.To);
        Assert.Matches("value=\"Asia/Tokyo\" selected", changed.Text);
        Assert.Equal(HttpStatusCode.NotFound, await cabinet.StatusOfAsync("settings"));
    }

    [Fact]
    public async Task A_tenant_is_called_by_letters_and_once()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);

        var odd = await cabinet.SendAsync("settings", new() { ["name"] = "ünïcode/../", ["time_zone"] = "Mars/Base" });
        var taken = await cabinet.SendAsync("settings", new() { ["name"] = "default", ["time_zone"] = "UTC" });
        var twice = await cabinet.SendAsync("/admin/instance/tenants", new() { ["name"] = cabinet.Tenant, ["time_zone"] = "UTC" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, odd.Status);
        Assert.NotNull(odd.FaultOf("name"));
        Assert.NotNull(odd.FaultOf("time_zone"));
        Assert.Contains("ünïcode/../", odd.Text, StringComparison.Ordinal);
        Assert.Equal("Another tenant has this name.", taken.FaultOf("name"));
        Assert.Equal("Another tenant has this name.", twice.FaultOf("name"));
    }

    [Fact]
    public async Task The_first_tenant_keeps_its_name()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);

        Assert.Equal(
            "/admin/t/default/settings", (await cabinet.SendAsync("settings", new() { ["name"] = "other", ["time_zone"] = "UTC" })).To);
    }

    [Fact]
    public async Task The_settings_say_what_they_are_and_where_from_and_tell_no_secret()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);

        var page = await cabinet.ReadAsync("/admin/instance/settings");

        Assert.Contains(cabinet.Server.DataFolder, page, StringComparison.Ordinal);
        Assert.Contains("Data__Path", page, StringComparison.Ordinal);
        Assert.Contains("WAYBILL_ADMIN_PASSWORD", page, StringComparison.Ordinal);
        Assert.DoesNotContain(ServerProcess.OwnerPassword, page, StringComparison.Ordinal);
        Assert.DoesNotContain(cabinet.Server.ApiKey, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_name_every_setting_of_the_documentation()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);
        var page = await cabinet.ReadAsync("/admin/instance/settings");
        var rows = File.ReadAllLines(Repository.PathOf("docs/configuration.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal));

        Assert.All(
            rows.SelectMany(row => Regex.Matches(row.Split('|')[1], "`(?<name>[A-Za-z:]+)`", default, TimeSpan.FromSeconds(1)))
                .Select(name => name.Groups["name"].Value).Where(name => name[0] != ':'), name =>
            Assert.Contains($"<code>{name}</code>", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_operators_address_stays_what_was_set()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);

        var wrong = await cabinet.SendAsync("/admin/instance/settings", new() { ["email"] = "nobody" });
        var set = await cabinet.SendAsync("/admin/instance/settings", new() { ["email"] = ServerProcess.OwnerEmail });

        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "Write an address, as in ann@example.org."), (wrong.Status, wrong.FaultOf("email")));
        Assert.Contains("The operator's address is saved.", set.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_explains_itself()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);

        var page = await cabinet.ReadAsync("/admin/instance/health");

        Assert.Contains("sqlite takes writes", page, StringComparison.Ordinal);
        Assert.Contains("No relay is configured", page, StringComparison.Ordinal);
        Assert.Contains("→ Set SMTP_HOST", page, StringComparison.Ordinal);
        Assert.Contains("Waybill keeps none yet.", page, StringComparison.Ordinal);
        Assert.Contains("<code>retention</code>", page, StringComparison.Ordinal);
        Assert.Contains("One node at a time", page, StringComparison.Ordinal);
    }
}
