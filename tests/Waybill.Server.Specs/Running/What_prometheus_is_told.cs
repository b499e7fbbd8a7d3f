using System.Net;
using System.Text.RegularExpressions;
using Waybill.Server.Specs.Relays;
using Waybill.Testing;

namespace Waybill.Server.Specs.Running;

public sealed partial class What_prometheus_is_told(What_prometheus_is_told.Server behind) : IClassFixture<What_prometheus_is_told.Server>
{
    [Fact]
    public async Task Counts_what_was_taken_in_and_what_the_relay_said()
    {
        await behind.Process.PostEmailAsync();
        await Eventually.IsTrueAsync("the message to be handed over", async () => (await TextAsync()).Contains("outcome=\"accepted\"", StringComparison.Ordinal));
        var text = await TextAsync();

        Assert.Contains("# TYPE waybill_messages_accepted_total counter\nwaybill_messages_accepted_total{stream=\"api\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("waybill_recipients_outcomes_total{relay=\"capture\",outcome=\"accepted\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("waybill_hand_over_duration_seconds_count{relay=\"capture\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("waybill_hand_over_duration_seconds_bucket{relay=\"capture\",le=\"+Inf\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nwaybill_outbox_messages ", text, StringComparison.Ordinal);
        Assert.EndsWith("waybill_database_up 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_written_line_by_line_in_its_format() =>
        Assert.All((await TextAsync()).TrimEnd('\n').Split('\n'), line => Assert.Matches(Line(), line));

    [Fact]
    public async Task Is_nobody_elses_affair()
    {
        using var passedOn = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "X-Forwarded-For", "203.0.113.9" } } };
        using var withKey = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "X-Forwarded-For", "203.0.113.9" } } };
        withKey.Headers.Authorization = behind.Process.Client.DefaultRequestHeaders.Authorization;

        Assert.Equal(HttpStatusCode.Unauthorized, (await behind.Anybody.SendAsync(passedOn)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await behind.Anybody.SendAsync(withKey)).StatusCode);
    }

    Task<string> TextAsync() => behind.Anybody.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? [0-9.eE+-]+)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();

    /// <summary>A server of its own, for it is counted what it does.</summary>
    public sealed class Server : IAsyncLifetime
    {
        public ServerProcess Process { get; private set; } = null!;

        public HttpClient Anybody { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Process = await ServerProcess.StartAsync();
            Anybody = Process.ClientWith(key: null);
        }

        public async ValueTask DisposeAsync()
        {
            Anybody?.Dispose();
            if (Process is not null) await Process.DisposeAsync();
        }
    }
}
