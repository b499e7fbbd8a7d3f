using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Relays;

/// <summary>One server a fault: the message is never lost, everybody can read why it waits, and nobody can read the password.</summary>
public class A_relay_in_trouble(RelayTrouble trouble) : IClassFixture<RelayTrouble>
{
    /// <summary>The fault, how the relay is spoken to, what becomes of the message, and the words that the page must show.</summary>
    public static TheoryData<SmtpFault, string, string, string> Table => new()
    {
        { SmtpFault.NoTls, "starttls", "delivery_delayed", "STARTTLS" },
        { SmtpFault.TlsRefused, "starttls", "delivery_delayed", "454" },
        { SmtpFault.UnknownCa, "starttls", "delivery_delayed", "certificate" },
        { SmtpFault.ExpiredCertificate, "starttls", "delivery_delayed", "certificate" },
        { SmtpFault.WrongHost, "starttls", "delivery_delayed", "certificate" },
        { SmtpFault.WrongPassword, "starttls", "delivery_delayed", "535" },
        { SmtpFault.AuthUnavailable, "starttls", "delivery_delayed", "454" },
        { SmtpFault.Busy, "starttls", "delivery_delayed", "421" },
        { SmtpFault.Garbage, "starttls", "delivery_delayed", "" },
        { SmtpFault.Reset, "starttls", "delivery_delayed", "" },
        { SmtpFault.ImplicitTls, "tls", "delivery_delayed", "535" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Delays_the_message_and_says_why_in_its_own_words(SmtpFault fault, string security, string lastEvent, string words)
    {
        await using var server = await trouble.StartAsync(fault, security);
        var id = await server.PostEmailAsync();

        await server.ShouldBecomeAsync(id, lastEvent);

        var page = await server.PageAsync(id);
        Assert.Contains("next attempt in", page, StringComparison.Ordinal);
        Assert.Contains(words, page, StringComparison.Ordinal);
        ShouldHoldNoPassword(page);
        ShouldHoldNoPassword(server.Output);
        Assert.Contains($"Message {id}: attempt 1 failed", server.Output, StringComparison.Ordinal);
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task That_nobody_listens_to_delays_the_message()
    {
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SMTP_HOST"] = "127.0.0.1",
            ["SMTP_PORT"] = FormattableString.Invariant($"{FreePorts.Take()}"),
            ["SMTP_SECURITY"] = "none",
        });
        var id = await server.PostEmailAsync();

        await server.ShouldBecomeAsync(id, "delivery_delayed");
        Assert.Contains("refused", await server.PageAsync(id), StringComparison.OrdinalIgnoreCase);
    }

    static void ShouldHoldNoPassword(string text)
    {
        Assert.DoesNotContain(RelayTrouble.Password, text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(RelayTrouble.Password)), text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"\0sender\0{RelayTrouble.Password}")), text,
            StringComparison.Ordinal);
    }
}
