using System.Globalization;
using System.Text.Json;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.RacketBook;

/// <summary>
/// Whatever the relay does: the racket is strung, the number is minted, the paper is there, and the log says what went wrong.
/// </summary>
public sealed class Receipts_when_the_relay_is_in_trouble : IAsyncLifetime
{
    FaultySmtpServer faults = null!;
    ServerProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        faults = await FaultySmtpServer.StartAsync();
        server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SMTP_HOST"] = "localhost",
            ["SMTP_PORT"] = Port(SmtpFault.None),
            ["SMTP_USER"] = "sender",
            ["SMTP_PASS"] = "secret",
            ["SMTP_FROM"] = "shop@example.com",
            ["SMTP_CA_FILE"] = faults.CaFile,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        if (faults is not null) await faults.DisposeAsync();
    }

    string Port(SmtpFault fault) => faults.PortOf(fault).ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_order_of_the_day_goes_on()
    {
        var shop = await Workshop.OpenAsync(server);
        (string Port, string Status, string? Class)[] day =
        [
            (Port(SmtpFault.None), "sent", null),
            (Port(SmtpFault.WrongPassword), "failed", "AuthenticationRefused"),
            (Port(SmtpFault.Busy), "failed", "RelayDeferred"),
            (Port(SmtpFault.Reset), "failed", "RelayUnreachable"),
            (Port(SmtpFault.CutAfterDot), "failed", "OutcomeUnknown"),
            (FreePorts.Take().ToString(CultureInfo.InvariantCulture), "failed", "RelayUnreachable"),
        ];

        var number = 0;
        foreach (var (port, status, kind) in day)
        {
            await server.StopAsync();
            await server.StartAgainAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["SMTP_PORT"] = port });
            var order = await shop.OrderAsync(await shop.ClientAsync(email: FormattableString.Invariant($"client{number}@example.net")));

            var strung = await shop.StringAsync(order);

            Assert.Equal(
                ("strung", FormattableString.Invariant($"2026-{++number:0000}")[5..]),
                (strung.Text("state"), strung.Text("receipt_number")![5..]));
            var emit = Assert.Single(await shop.EmitsAsync(order));
            Assert.Equal((status, kind), (emit.GetProperty("delivery_status").GetString(), emit.GetProperty("error_class").GetString()));
            Assert.Equal(kind is null, emit.GetProperty("error_message").ValueKind == JsonValueKind.Null);
            Assert.NotEmpty(await shop.ReceiptAsync(order));
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    [Trait("Long", "receipts")]
    public async Task A_relay_that_says_nothing_keeps_the_stringer_waiting_no_longer_than_half_a_minute()
    {
        var shop = await Workshop.OpenAsync(server);
        var order = await shop.OrderAsync(await shop.ClientAsync("client@example.net"));
        await server.StopAsync();
        await server.StartAgainAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["SMTP_PORT"] = Port(SmtpFault.Silent) });

        var answer = await shop.StringAsync(order);

        Assert.Equal(
            ("strung", JsonValueKind.Null),
            (answer.Text("state"), answer.Body.GetProperty("emit").GetProperty("delivery_status").ValueKind));
        Assert.Empty(await shop.EmitsAsync(order));
    }

    [Fact]
    public async Task A_crash_between_the_commit_and_the_log_leaves_no_emit_without_its_row()
    {
        var shop = await Workshop.OpenAsync(server);
        var order = await shop.OrderAsync(await shop.ClientAsync("client@example.net"));
        await server.StopAsync();
        await server.StartAgainAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["SMTP_PORT"] = Port(SmtpFault.Slow) });

        var lost = shop.StringAsync(order);
        await Eventually.IsTrueAsync(
            "the order to be strung", async () => (await shop.GetAsync($"orders/{order}")).Text("state") == "strung");
        using var owner = await OperatorClient.EnterAsync(server);
        Assert.Contains(
            "On its way</span> client@example.net", (await owner.GetAsync($"/racketbook/orders/{order}?as_stringer={shop.Id}")).Text,
            StringComparison.Ordinal);
        await server.KillAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => lost);
        await server.StartAgainAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["SMTP_PORT"] = Port(SmtpFault.None) });

        var emit =
            await Eventually.GetAsync(
                "the row in the log", async () => (await shop.EmitsAsync(order)) is [var only] ? only.ToString() : null,
                TimeSpan.FromSeconds(40));
        Assert.Contains("\"kind\":\"initial\"", emit, StringComparison.Ordinal);
        Assert.True(
            emit.Contains("\"delivery_status\":\"sent\"", StringComparison.Ordinal)
                || emit.Contains("\"error_class\":\"OutcomeUnknown\"", StringComparison.Ordinal), emit);
    }

    [Fact]
    public async Task What_the_operator_flipped_holds()
    {
        var shop = await Workshop.OpenAsync(server);
        var order = await shop.OrderAsync(await shop.ClientAsync("client@example.net"));
        await shop.StringAsync(order);

        await FlipAsync(("RacketBook__UpdatedSubject", "false"));
        await shop.PatchAsync($"orders/{order}", new { labour = 30 });
        var message = await shop.EngineAsync($"/emails/{(await shop.EmitsAsync(order))[^1].GetProperty("message_id").GetString()}");
        Assert.Equal(
            "Your stringing receipt " + (await shop.GetAsync($"orders/{order}")).Text("receipt_number"),
            message.GetProperty("subject").GetString());

        await FlipAsync(
            ("RacketBook__RetryOnceOnConnectionFault", "true"), ("SMTP_PORT", FreePorts.Take().ToString(CultureInfo.InvariantCulture)));
        await shop.PatchAsync($"orders/{order}", new { labour = 31 });
        await Eventually.IsTrueAsync("the second try to fail", async () => (await shop.EmitsAsync(order)).Length == 3);
        var tries =
            await shop.EngineAsync($"/v1/messages/{(await shop.EmitsAsync(order))[^1].GetProperty("message_id").GetString()}/timeline");
        Assert.Equal(2, tries.GetProperty("attempts").GetArrayLength());

        await FlipAsync(("RacketBook__MailOnReEmit", "false"));
        await shop.PatchAsync($"orders/{order}", new { labour = 32 });
        var emit = (await shop.EmitsAsync(order))[^1];
        Assert.Equal(
            ("auto_re_emit", "skipped_no_email", "re_emit_not_mailed"),
            (emit.GetProperty("kind").GetString(), emit.GetProperty("delivery_status").GetString(),
                emit.GetProperty("skip_reason").GetString()));
    }

    async Task FlipAsync(params (string Name, string Value)[] settings)
    {
        await server.StopAsync();
        await server.StartAgainAsync(settings.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal));
    }
}
