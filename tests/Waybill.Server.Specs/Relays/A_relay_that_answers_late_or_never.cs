using System.Diagnostics;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Relays;

public class A_relay_that_answers_late_or_never(RelayTrouble trouble) : IClassFixture<RelayTrouble>
{
    /// <summary>Its greeting may take a minute, so all that can be asked is that nobody else waits for it.</summary>
    [Fact]
    public async Task Keeps_nobody_waiting_but_the_message_and_the_server_still_stops_in_time()
    {
        await using var server = await trouble.StartAsync(SmtpFault.Silent, "none", signsIn: false);
        var ids = new List<string>();
        for (var n = 0; n < 40; n++) ids.Add(await server.PostEmailAsync()); // more than there are sessions and deliverers

        var began = Stopwatch.GetTimestamp();
        Assert.Equal("queued", await server.LastEventAsync(ids[0]));
        Assert.Equal("ok", await server.Client.GetStringAsync(new Uri("/healthz", UriKind.Relative)));
        Assert.Equal(0, await server.StopAsync());
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(10), "stopping took " + Stopwatch.GetElapsedTime(began));

        await server.StartAgainAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["SMTP_HOST"] = "", ["SMTP_PORT"] = "", ["SMTP_SECURITY"] = "" });
        foreach (var id in ids) await server.ShouldBecomeAsync(id, "sent");
    }

    [Theory]
    [InlineData(SmtpFault.CutInData)]
    [InlineData(SmtpFault.CutAfterDot)]
    public async Task And_hangs_up_in_the_middle_delays_the_message(SmtpFault fault)
    {
        await using var server = await StartWithGoodPasswordAsync(fault);
        var id = await server.PostEmailAsync();

        await server.ShouldBecomeAsync(id, "delivery_delayed");

        Assert.Contains("next attempt in", await server.PageAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task And_took_the_message_before_the_line_died_leaves_the_outcome_unknown()
    {
        await using var server = await StartWithGoodPasswordAsync(SmtpFault.CutAfterAcceptance);
        var id = await server.PostEmailAsync();

        await server.ShouldBecomeAsync(id, "delivery_delayed");

        Assert.Contains("unknown", await server.PageAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speaks_word_by_word_and_still_gets_its_message()
    {
        await using var server = await StartWithGoodPasswordAsync(SmtpFault.Slow);
        var id = await server.PostEmailAsync("slow-1@example.org");

        await server.ShouldBecomeAsync(id, "sent");
    }

    [Theory]
    [InlineData("code-550-5.1.1@example.org", "failed", "550 5.1.1 scripted answer")]
    [InlineData("code-450-4.2.1@example.org", "delivery_delayed", "450 4.2.1 scripted answer")]
    [InlineData("data-554-5.7.1@example.org", "failed", "554 5.7.1 scripted answer after the data")]
    [InlineData("data-451-4.7.1@example.org", "delivery_delayed", "451 4.7.1 scripted answer after the data")]
    public async Task And_refuses_or_defers_is_quoted(string to, string lastEvent, string words)
    {
        var server = await trouble.SharedAsync();
        var id = await server.PostEmailAsync(to);

        await server.ShouldBecomeAsync(id, lastEvent);

        Assert.Contains(words, await server.PageAsync(id), StringComparison.Ordinal);
    }

    Task<ServerProcess> StartWithGoodPasswordAsync(SmtpFault fault) => trouble.StartAsync(fault, password: "secret");
}
