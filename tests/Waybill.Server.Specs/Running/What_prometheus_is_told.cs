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
        await Eventually.IsTrueAsync(
            "the message to be handed over", async () => (await TextAsync()).Contains("outcome=\"accepted\"", StringComparison.Ordinal));
        var text = await TextAsync();

        Assert.Contains(
            "# TYPE waybill_messages_accepted_total counter\nwaybill_messages_accepted_total{stream=\"api\"} 1\n", text,
            StringComparison.Ordinal);
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
    public async Task Is_the_affair_of_the_instance_and_of_no_tenant()
    {
        var ofInstance = await behind.Process.MakeKeyAsync(tenant: null, "metrics:read");
        var otherScope = await behind.Process.MakeKeyAsync(tenant: null, "emails:send");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/metrics", ofInstance, ("X-Forwarded-For", "203.0.113.9")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/metrics", otherScope));
        // though it has every scope, and asks from here
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("/metrics", behind.Process.ApiKey));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("/metrics", "wb_" + new string('a', 32)));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("CF-Connecting-IP", "203.0.113.9")]
    [InlineData("True-Client-IP", "203.0.113.9")]
    [InlineData("X-Original-For", "127.0.0.1")]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost.evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    [InlineData("Host", "192.168.1.2:8080")]
    [InlineData("Host", "mail.example.org")]
    public async Task Is_told_to_nobody_whom_another_program_or_another_name_brought_here(string header, string value)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/metrics", key: null, (header, value)));
        Assert.DoesNotContain("checks", await behind.Anybody.ReadAsync("/readyz", (header, value)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:9090")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.9.9.9")]
    [InlineData("[::1]:8080")]
    public async Task Is_told_to_this_machine_by_any_of_its_own_names(string host) =>
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/metrics", key: null, ("Host", host)));

    async Task<HttpStatusCode> StatusAsync(string path, string? key, params (string Name, string Value)[] headers)
    {
        using var request = Requests.Get(path, headers);
        if (key is not null) request.Headers.Authorization = new("Bearer", key);
        using var answer = await behind.Anybody.SendAsync(request);
        return answer.StatusCode;
    }

    Task<string> TextAsync() => behind.Anybody.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? [0-9.eE+-]+)$""",
        RegexOptions.ExplicitCapture, 1000)]
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
