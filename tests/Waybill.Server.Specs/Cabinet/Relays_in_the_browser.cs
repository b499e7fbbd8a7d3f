using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Waybill.Server.Specs.Relays;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Cabinet;

public sealed partial class Relays_in_the_browser(SharedServer shared, RelayTrouble trouble) : IClassFixture<RelayTrouble>
{
    [Fact]
    public async Task Are_made_changed_and_removed()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);
        var name = Unique();

        var made = await cabinet.SendAsync("relays", Form(name));
        var kept = await cabinet.SendAsync(made.To, With(Form(name), ("daily_cap", "100"), ("password", ""), ("version", "1")));
        var page = await cabinet.ReadAsync(made.To);
        var removed = await cabinet.SendAsync($"{made.To}/remove", []);

        Assert.True(made.IsTaken && kept.IsTaken && removed.IsTaken);
        Assert.Contains("0 of 100", page, StringComparison.Ordinal);
        Assert.Contains("Set on 20", page, StringComparison.Ordinal);
        Assert.DoesNotContain(RelayTrouble.Password, made.Text + kept.Text + page, StringComparison.Ordinal);
        Assert.Contains($"The relay “{name}” is removed.", removed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Come_back_with_what_was_typed_and_each_fault_beside_its_field()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);

        var sent = await cabinet.SendAsync("relays", With(
            Form(HostileNames.Endless), ("host", "smtp example"), ("port", "many"), ("daily_cap", "-1"), ("from", "nobody"),
            ("per_second", "0")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
        Assert.Contains(HostileNames.Endless, sent.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"smtp example\"", sent.Text, StringComparison.Ordinal);
        Assert.All(["name", "host", "port", "daily_cap", "from", "per_second"], field => Assert.NotNull(sent.FaultOf(field)));
        Assert.Equal("The “Port” field must be a whole number of at least 1 and at most 65535.", sent.FaultOf("port"));
        Assert.DoesNotContain(RelayTrouble.Password, sent.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keep_a_password_that_was_typed_when_the_form_comes_back()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);
        var refused = await cabinet.SendAsync("relays", With(Form(Unique()), ("port", "many")));

        var again =
            await cabinet.SendAsync(
                "relays", With(Form(Unique()), ("password", ""), ("secret_box", Box().Match(refused.Text).Groups["box"].Value)));
        var forged = await cabinet.SendAsync("relays", With(Form(Unique()), ("password", ""), ("secret_box", "CfDJ8forged")));

        Assert.True(again.IsTaken);
        Assert.Equal("“Password” is missing.", forged.FaultOf("password"));
    }

    [Theory]
    [InlineData(SmtpFault.None, "The way is free to the end.", "250")]
    [InlineData(SmtpFault.WrongPassword, "The way ends where the list does.", "535")]
    [InlineData(SmtpFault.UnknownCa, "The way ends where the list does.", "not trusted here")]
    public async Task Are_tested_as_they_are_typed_in_the_relays_words(SmtpFault fault, string verdict, string said)
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);
        var form = With(
            Form(""), ("host", "localhost"), ("port", Number(trouble.Relay.PortOf(fault))), ("user", "sender"), ("password", "secret"),
            ("ca_certificates", await File.ReadAllTextAsync(trouble.Relay.CaFile)));

        var tested = await cabinet.SendAsync("relays/try", form);

        Assert.Equal(HttpStatusCode.OK, tested.Status);
        Assert.Contains(verdict, tested.Text, StringComparison.Ordinal);
        Assert.Contains(said, tested.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"sender\"", tested.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_tested_as_they_are_kept_with_the_kept_password()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);
        var form = With(
            Form(Unique()), ("host", "localhost"), ("port", Number(trouble.Relay.PortOf(SmtpFault.None))), ("user", "sender"),
            ("password", "secret"), ("ca_certificates", await File.ReadAllTextAsync(trouble.Relay.CaFile)));
        var made = await cabinet.SendAsync("relays", form);

        var kept = await cabinet.SendAsync($"{made.To}/test", []);
        var typed = await cabinet.SendAsync($"{made.To}/try", With(form, ("password", ""), ("sessions", "3"), ("version", "1")));
        var elsewhere = await cabinet.SendAsync($"{made.To}/try", With(form, ("password", ""), ("host", "127.0.0.1"), ("version", "1")));

        Assert.Contains("The way is free to the end.", kept.Text, StringComparison.Ordinal);
        Assert.Contains("The way is free to the end.", typed.Text, StringComparison.Ordinal);
        Assert.Contains("is needed anew", elsewhere.FaultOf("host"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_hang_lose_nothing_that_was_typed()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);

        var tested =
            await cabinet.SendAsync(
                "relays/try", With(Form("kept"), ("host", "127.0.0.1"), ("port", Number(((IPEndPoint)silent.LocalEndpoint).Port))));

        Assert.Equal(HttpStatusCode.OK, tested.Status);
        Assert.Contains("The way ends where the list does.", tested.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"kept\"", tested.Text, StringComparison.Ordinal);
        Assert.Matches(Box(), tested.Text);
    }

    [Fact]
    public async Task Of_the_settings_can_be_tested_and_not_changed()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);
        const string standard = "relays/00000000-0000-7000-8000-000000000001";

        Assert.Contains("changed there", await cabinet.ReadAsync(standard), StringComparison.Ordinal);
        Assert.Contains("Nothing was sent.", (await cabinet.SendAsync($"{standard}/test", [])).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await cabinet.SendAsync(standard, Form("other"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await cabinet.SendAsync($"{standard}/remove", [])).Status);
    }

    [Fact]
    public async Task That_brands_send_by_stay_and_the_brands_are_named()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);
        var (name, made) = (Unique(), await cabinet.SendAsync("relays", Form(Unique())));
        using var brand = await cabinet.Server.Client.PostAsync(
            new Uri("/v1/brands", UriKind.Relative),
            new StringContent($$"""{"alias":"{{name}}","name":"Shop","relay":"{{made.To.Split('/')[^1]}}"}"""));

        var removed = await cabinet.SendAsync($"{made.To}/remove", []);

        Assert.True(brand.IsSuccessStatusCode, await brand.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Conflict, removed.Status);
        Assert.Contains($"Brands send by this relay: {name}.", removed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_somebody_else_changed_meanwhile_are_not_overwritten_unseen()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);
        var name = Unique();
        var made = await cabinet.SendAsync("relays", Form(name));
        await cabinet.SendAsync(made.To, With(Form(name), ("version", "1")));

        var late = await cabinet.SendAsync(made.To, With(Form(name), ("version", "1"), ("sessions", "5")));
        var knowing = await cabinet.SendAsync(made.To, With(Form(name), ("version", "2"), ("sessions", "5")));

        Assert.Contains("Somebody else changed this relay meanwhile.", late.Text, StringComparison.Ordinal);
        Assert.Contains("name=\"version\" value=\"2\"", late.Text, StringComparison.Ordinal);
        Assert.True(knowing.IsTaken);
    }

    [Fact]
    public async Task Of_a_tenant_stay_off_the_operators_net()
    {
        using var cabinet = await CabinetVisit.OpenAsync(shared);

        Assert.Contains(
            "Waybill does not connect to 127.0.0.1",
            (await cabinet.SendAsync("relays", With(Form("inside"), ("host", "127.0.0.1")))).FaultOf("host"), StringComparison.Ordinal);
        Assert.Contains(
            "Waybill does not connect to 127.0.0.1",
            (await cabinet.SendAsync("relays/try", With(Form("inside"), ("host", "127.0.0.1")))).FaultOf("host"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_Resend_need_a_key_that_is_never_shown()
    {
        using var cabinet = await CabinetVisit.OpenFirstAsync(shared);
        var form = new Dictionary<string, string> { ["kind"] = "resend", ["name"] = Unique() };

        var without = await cabinet.SendAsync("relays", form);
        var made = await cabinet.SendAsync("relays", With(form, ("api_key", "re_marker_123456")));

        Assert.Equal("“API key” is missing.", without.FaultOf("api_key"));
        Assert.True(made.IsTaken);
        Assert.DoesNotContain("re_marker", made.Text, StringComparison.Ordinal);
    }

    static Dictionary<string, string> Form(string name) => new()
    {
        ["kind"] = "smtp",
        ["name"] = name,
        ["host"] = "smtp.example.net",
        ["security"] = "starttls",
        ["user"] = "shop",
        ["password"] = RelayTrouble.Password,
        ["from"] = "Corner Shop <shop@example.com>",
    };

    static Dictionary<string, string> With(Dictionary<string, string> form, params (string Field, string Value)[] fields)
    {
        var changed = new Dictionary<string, string>(form);
        foreach (var (field, value) in fields) changed[field] = value;
        return changed;
    }

    static string Unique() => "r-" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6));

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("name=\"secret_box\" value=\"(?<box>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Box();
}
