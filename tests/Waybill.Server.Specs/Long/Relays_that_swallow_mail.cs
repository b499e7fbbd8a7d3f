using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Waybill.Testing;
using Waybill.Testing.Smtp;

namespace Waybill.Server.Specs.Long;

/// <summary>
/// <c>./test --long attack</c>: what tenants with hostile relays, or with very much mail, cost others: the time from a post to the relay.
/// Figures are written to the output.
/// </summary>
[Trait("Category", "Long")]
[Trait("Long", "attack")]
public sealed class Relays_that_swallow_mail
{
    const int Attackers = 3;
    const int RelaysOfEach = 5;
    const int MailsOfEachRelay = 200;
    const int MailsOfARound = 150;
    const int Rounds = 5;
    const int Flood = 12_000;

    /// <summary>What a machine that does other things may add to a figure, beside the fifth that the attack may.</summary>
    const double Allowance = 10;

    [Fact]
    public async Task Cost_others_less_than_a_fifth()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(backlog: 1_024);
        await using var calmRelay = BookkeepingRelay.Start();
        await using var relay = BookkeepingRelay.Start();
        await using var calm = await ServerProcess.StartAsync(Settings(calmRelay));
        await using var attacked = await ServerProcess.StartAsync(Settings(relay));
        var (quiet, victim) = (new Sender(calm.Client, calmRelay), new Sender(attacked.Client, relay));
        await quiet.PostAsync(MailsOfARound);
        await victim.PostAsync(MailsOfARound);
        var tenants =
            await Task.WhenAll(
                Enumerable.Range(0, Attackers)
                    .Select(n => AttackAsync(attacked, $"attacker-{n}", ((IPEndPoint)silent.LocalEndpoint).Port)));

        var (without, with) = (new List<double[]>(), new List<double[]>());
        for (var round = 0; round < Rounds; round++)
        {
            without.Add(await quiet.PostAsync(MailsOfARound));
            with.Add(await victim.PostAsync(MailsOfARound));
        }

        await SayAsync("without", without);
        await SayAsync($"with {Attackers} tenants, {RelaysOfEach} silent relays each, {MailsOfEachRelay} mails each", with);
        foreach (var percent in new[] { 50, 99 })
            Assert.InRange(Median(with, percent), 0, 1.2 * Median(without, percent) + Allowance);
        foreach (var (client, ids) in tenants)
            foreach (var id in ids.Where((_, i) => i % 20 == 0))
                Assert.Contains(await LastEventAsync(client, id), new[] { "queued", "delivery_delayed" });
        Assert.Equal(0, await attacked.StopAsync());
    }

    [Fact]
    public async Task And_a_flood_keeps_no_single_mail_of_another_tenant_waiting()
    {
        await using var relay = BookkeepingRelay.Start(TimeSpan.FromMilliseconds(5));
        await using var server = await ServerProcess.StartAsync(Settings(relay));
        var single = new Sender(server.Client, relay);
        var before = await single.PostAsync(MailsOfARound);
        using var flood = await TenantAsync(server, "flood");
        await GrantAsync(server, "flood");

        var flooding = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => FloodAsync(flood, Flood / 4))));
        var during = new List<double>();
        while (relay.Count < MailsOfARound + during.Count + Flood) during.AddRange(await single.PostAsync(10));
        await flooding;

        await SayAsync("without a flood", [before]);
        await SayAsync(
            FormattableString.Invariant($"while another tenant's {Flood} mails are posted and sent, {during.Count} single mails"),
            [[.. during]]);
        Assert.InRange(Percentile([.. during], 99), 0, 2_000);
        Assert.Equal(
            MailsOfARound + during.Count + Flood, relay.Booked.Select(mail => mail.MessageId).Distinct(StringComparer.Ordinal).Count());
    }

    static Dictionary<string, string> Settings(BookkeepingRelay relay) => new(StringComparer.Ordinal)
    {
        ["SMTP_HOST"] = "127.0.0.1",
        ["SMTP_PORT"] = relay.Port.ToString(CultureInfo.InvariantCulture),
        ["SMTP_SECURITY"] = "none",
        ["SMTP_FROM"] = "shop@example.com",
        ["Egress__Allow"] = "127.0.0.0/8",
    };

    static async Task<HttpClient> TenantAsync(ServerProcess server, string name)
    {
        var made = await server.RunAsync("keys", "create", "--tenant", name, "--name", "attack");
        Assert.True(made.ExitCode == 0, made.Complaints);
        return server.ClientWith(made.Text.Trim());
    }

    /// <summary>Lets a tenant send from the domain by the default relay, where that has to be granted.</summary>
    static async Task GrantAsync(ServerProcess server, string tenant)
    {
        var made = await server.RunAsync("keys", "create", "--instance");
        using var instance = server.ClientWith(made.Text.Trim());
        instance.DefaultRequestHeaders.Add("Waybill-Tenant", tenant);
        using var answer =
            await instance.PatchAsJsonAsync(
                new Uri($"/v1/tenants/{tenant}", UriKind.Relative), new { sender_domains = new[] { "example.com" } });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Five relays that say nothing, a brand for each, and mail to all of them.</summary>
    static async Task<(HttpClient Client, IReadOnlyList<string> Ids)> AttackAsync(ServerProcess server, string name, int port)
    {
        var client = await TenantAsync(server, name);
        await PostAsync(client, "/templates", new { name = "swallowed", alias = "swallowed", subject = "Swallowed", markdown = "Gone." });
        await PostAsync(client, "/templates/swallowed/publish", new { });
        var ids = new List<string>();
        for (var n = 0; n < RelaysOfEach; n++)
        {
            var relay = await PostAsync(
                client, "/v1/relays",
                new { name = $"silent {n}", kind = "smtp", host = "127.0.0.1", port, security = "none", from = "a@attack.example" });
            await PostAsync(
                client, "/v1/brands", new { alias = $"brand-{n}", name = $"Brand {n}", relay = relay.GetProperty("id").GetString() });
            var mail = new { from = "a@attack.example", to = "ada@example.org", template = new { id = "swallowed", brand = $"brand-{n}" } };
            for (var batch = 0; batch < MailsOfEachRelay / 100; batch++)
            {
                var taken = await PostAsync(client, "/emails/batch", Enumerable.Repeat(mail, 100));
                ids.AddRange(taken.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!));
            }
        }

        return (client, ids);
    }

    static async Task FloodAsync(HttpClient client, int count)
    {
        var mail = new { from = "shop@example.com", to = "ada@example.org", subject = "flood", text = "Much." };
        for (var batch = 0; batch < count / 100; batch++) await PostAsync(client, "/emails/batch", Enumerable.Repeat(mail, 100));
    }

    static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    static async Task<string?> LastEventAsync(HttpClient client, string id) =>
        (await client.GetFromJsonAsync<JsonElement>(new Uri($"/emails/{id}", UriKind.Relative))).GetProperty("last_event").GetString();

    static double Median(List<double[]> rounds, int percent)
    {
        double[] figures = [.. rounds.Select(round => Percentile(round, percent)).Order()];
        return figures[figures.Length / 2];
    }

    static double Percentile(double[] figures, int percent)
    {
        double[] sorted = [.. figures.Order()];
        return sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }

    static Task SayAsync(string what, List<double[]> rounds) => Console.Out.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture, $"{what}: p50 {Median(rounds, 50):0.0} ms, p99 {Median(rounds, 99):0.0} ms from post to relay"));

    /// <summary>Posts one mail after the other and sees when each is at the relay.</summary>
    sealed class Sender
    {
        readonly HttpClient client;
        readonly ConcurrentDictionary<string, TaskCompletionSource<long>> waiting = new(StringComparer.Ordinal);
        int next;

        public Sender(HttpClient client, BookkeepingRelay relay)
        {
            this.client = client;
            relay.Took += mail =>
            {
                if (waiting.TryRemove(mail.Subject, out var taken)) taken.TrySetResult(Stopwatch.GetTimestamp());
            };
        }

        /// <summary>How long each took, in milliseconds.</summary>
        public async Task<double[]> PostAsync(int count)
        {
            var took = new double[count];
            for (var i = 0; i < count; i++)
            {
                var subject = FormattableString.Invariant($"single {++next}");
                var taken = waiting[subject] = new(TaskCreationOptions.RunContinuationsAsynchronously);
                var began = Stopwatch.GetTimestamp();
                await Relays_that_swallow_mail.PostAsync(
                    client, "/emails", new { from = "shop@example.com", to = "ada@example.org", subject, text = "One." });
                took[i] = Stopwatch.GetElapsedTime(began, await taken.Task.WaitAsync(TimeSpan.FromSeconds(120))).TotalMilliseconds;
            }

            return took;
        }
    }
}
