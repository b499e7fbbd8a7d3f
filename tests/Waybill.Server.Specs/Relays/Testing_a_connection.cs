using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Relays;

/// <summary>Against the relay with a fault a port: which stage fails, in whose words, and with what advice.</summary>
public class Testing_a_connection(SharedServer shared, RelayTrouble trouble) : IClassFixture<RelayTrouble>
{
    const string Full = "name connect greeting hello tls sign_in sender";

    public static TheoryData<SmtpFault, string, string, string?> Table => new()
    {
        { SmtpFault.None, Full, "250", null },
        { SmtpFault.NoTls, "name connect greeting hello tls!", "does not offer STARTTLS", "offers STARTTLS" },
        { SmtpFault.UnknownCa, "name connect greeting hello tls!", "not trusted here", "ca_certificates" },
        { SmtpFault.ExpiredCertificate, "name connect greeting hello tls!", "expired on 2020", "renew" },
        { SmtpFault.WrongHost, "name connect greeting hello tls!", "is made out to", "as the host" },
        { SmtpFault.TlsRefused, "name connect greeting hello tls!", "454", "STARTTLS" },
        { SmtpFault.WrongPassword, "name connect greeting hello tls sign_in!", "535", "Check user and password" },
        { SmtpFault.AuthUnavailable, "name connect greeting hello tls sign_in!", "454", "later" },
        { SmtpFault.Busy, "name connect greeting!", "421", "later" },
        { SmtpFault.Garbage, "name connect greeting!", "not an SMTP reply", "TLS from the first byte" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Ends_at_the_stage_that_fails_in_the_relays_words_and_with_advice(
        SmtpFault fault, string stages, string said, string? hint)
    {
        var test = (await TestAsync(fault)).Test();

        Assert.Equal(stages, test.Stages);
        Assert.Contains(said, test.Said, StringComparison.Ordinal);
        if (hint is null) Assert.Null(test.Hint);
        else Assert.Contains(hint, test.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_version_of_TLS_and_whose_certificate_it_is()
    {
        var stages = (await TestAsync(SmtpFault.ImplicitTls, "tls")).Json.GetProperty("stages").EnumerateArray().ToList();

        Assert.Equal(
            ["name", "connect", "tls", "greeting", "hello", "sign_in", "sender"],
            stages.Select(stage => stage.GetProperty("stage").GetString()));
        var said = stages[2].GetProperty("said").GetString()!;
        Assert.Matches("^TLS 1\\.[23], .*The certificate is for .*localhost.* issued to .* by .*, good until 20[0-9]{2}-", said);
    }

    [Fact]
    public async Task Says_when_nobody_is_there()
    {
        var server = await shared.ServerAsync();

        var port =
            await server.RelaysAsync(
                HttpMethod.Post, "/test", new { kind = "smtp", host = "127.0.0.1", port = Testing.FreePorts.Take(), security = "none" });
        var name = await server.RelaysAsync(HttpMethod.Post, "/test", new { kind = "smtp", host = "no-such-host.invalid" });

        Assert.Equal("name connect!", port.Test().Stages);
        Assert.Contains("firewall", port.Test().Hint, StringComparison.Ordinal);
        Assert.Equal("name!", name.Test().Stages);
    }

    [Fact]
    public async Task Sends_nothing_and_tells_no_password()
    {
        var answer = await TestAsync(SmtpFault.WrongPassword);

        Assert.DoesNotContain(RelayTrouble.Password, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(RelayTrouble.Password, (await shared.ServerAsync()).Output, StringComparison.Ordinal);
        Assert.Empty(await trouble.Relay.ReadAllAsync());
    }

    [Fact]
    public async Task Tries_a_relay_that_is_kept_with_the_password_that_is_kept()
    {
        var server = await shared.ServerAsync();
        var made = await server.RelaysAsync(HttpMethod.Post, body: Settings(SmtpFault.None, "starttls", "secret"));

        var test = await server.RelaysAsync(HttpMethod.Post, $"/{made.Id}/test");

        Assert.Equal((200, Full), (test.Status, test.Test().Stages));
        Assert.Empty(await trouble.Relay.ReadAllAsync());
    }

    async Task<RelayReply> TestAsync(SmtpFault fault, string security = "starttls") => await (await shared.ServerAsync()).RelaysAsync(
        HttpMethod.Post, "/test", Settings(fault, security, fault == SmtpFault.WrongPassword ? RelayTrouble.Password : "secret"));

    object Settings(SmtpFault fault, string security, string password) => new
    {
        name = $"{fault} {security}",
        kind = "smtp",
        host = "localhost",
        port = trouble.Relay.PortOf(fault),
        security,
        user = "sender",
        password,
        from = "shop@example.com",
        ca_certificates = File.ReadAllText(trouble.Relay.CaFile),
    };
}
