using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Waybill.Bench.Measuring;
using Waybill.Bench.Subjects;
using Waybill.Testing.Real;

namespace Waybill.Bench.Rows;

/// <summary>
/// From "the racket is strung" to the answer, for stringers who all say so at once: number minted, paper printed, mail composed and handed
/// to smtp-sink over plain loopback, the row in the log. Each has a book and a key of their own; the orders are written down before.
/// </summary>
internal sealed partial class StrungRow(Asked asked)
{
    const int Stringers = 20;

    /// <summary>What a stringer takes who is very quick.</summary>
    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    /// <summary>Of each stringer, before anything is measured: the runtime compiles anew what was called often.</summary>
    const int WarmUpOrders = 400;

    public async Task<string> MeasureAsync()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var database = await JournalDatabase.StartAsync(asked.IsPostgres);
        await using var server = await ServerUnderTest.StartAsync(database, new Dictionary<string, string>
        {
            ["SMTP_HOST"] = "127.0.0.1",
            ["SMTP_PORT"] = sink.Port.ToString(CultureInfo.InvariantCulture),
            ["SMTP_SECURITY"] = "none",
        });
        var orders = Math.Max(1, asked.Messages / Stringers);
        var books = await Task.WhenAll(Enumerable.Range(0, Stringers).Select(n => OpenAsync(server, n, WarmUpOrders + (2 * orders))));
        await Task.WhenAll(books.Select(book => StringAsync(server, book, ..WarmUpOrders, TimeSpan.Zero)));
        var breathless = await RowAsync(server, books, WarmUpOrders..(WarmUpOrders + orders), TimeSpan.Zero);
        var brisk = await RowAsync(server, books, (WarmUpOrders + orders).., Breath);
        var failed = await server.Journal.CountAsync("SELECT count(*) FROM racketbook_receipt_emit_log WHERE delivery_status <> 'sent'");
        return failed == 0 ? breathless + "\n" + brisk : throw new InvalidOperationException($"{failed} receipts were not sent.");
    }

    async Task<string> RowAsync(ServerUnderTest server, Book[] books, Range orders, TimeSpan pause)
    {
        var (clock, cpu) = (Stopwatch.StartNew(), ProcessFigures.CpuTime(server.Pid));
        var times = (await Task.WhenAll(books.Select(book => StringAsync(server, book, orders, pause)))).SelectMany(one => one).Order()
            .ToList();
        var (took, used) = (clock.Elapsed, ProcessFigures.CpuTime(server.Pid) - cpu);
        var what = pause == TimeSpan.Zero ? "without a breath" : Invariant($"{pause.TotalMilliseconds:0} ms from an answer to the next");
        var figures = Invariant($"p50 {At(times, 0.5):0.0} ms, p99 {At(times, 0.99):0.0} ms, at most {times[^1]:0.0} ms");
        var further =
            Invariant(
                $"{times.Count / took.TotalSeconds:0}/s, {used.TotalMilliseconds / times.Count:0.00} ms of server CPU each, {times.Count} receipts");
        return $"| strung → answer, {Stringers} stringers at once, {what}, {asked.Database} | {figures} | – | – | {further} |";
    }

    static double At(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    /// <summary>One after the other, as a stringer does; how long each took, in ms.</summary>
    static async Task<List<double>> StringAsync(ServerUnderTest server, Book book, Range orders, TimeSpan pause)
    {
        var paths = book.Paths[orders];
        var times = new List<double>(paths.Length);
        foreach (var path in paths)
        {
            var begun = Stopwatch.GetTimestamp();
            await CallAsync(server, book.Key, HttpMethod.Put, path, body: null);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            if (pause > TimeSpan.Zero) await Task.Delay(pause * (0.5 + Random.Shared.NextDouble())); // or all come in one beat
        }

        return times;
    }

    /// <summary>A stringer with a client, a racket and orders.</summary>
    static async Task<Book> OpenAsync(ServerUnderTest server, int number, int orders)
    {
        var name = Invariant($"stringer{number}");
        await MakeAsync(
            server, server.ApiKey, "stringers", new { email = name + "@example.org", display_name = "Court Side Strings", locale = "en" });
        var key = Token().Match(await server.RunAsync("keys", "create", "--tenant", name, "--name", "bench")).Value;
        var client =
            await MakeAsync(
                server, key, "clients", new { first_name = "Anna", last_name = "Muster", email = Invariant($"anna{number}@example.net") });
        var racket =
            await MakeAsync(server, key, "rackets", new { maker = "Wilson", model = "Blade 98", head_size = 98, pattern = "16x19" });
        var job = new
        {
            client_id = client,
            racket_id = racket,
            main_maker = "Babolat",
            main_model = "RPM Blast",
            main_tension = 23,
            main_price = 10,
            cross_byo = true,
            labour = 25
        };
        var paths = new string[orders];
        for (var i = 0; i < orders; i++) paths[i] = $"orders/{await MakeAsync(server, key, "orders", job)}/strung";
        return new(key, paths);
    }

    static async Task<string> MakeAsync(ServerUnderTest server, string key, string path, object body) =>
        (await CallAsync(server, key, HttpMethod.Post, path, body)).GetProperty("id").GetString()!;

    static async Task<JsonElement> CallAsync(ServerUnderTest server, string key, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri("/racketbook/v1/" + path, UriKind.Relative));
        request.Headers.Authorization = new("Bearer", key);
        if (body is not null) request.Content = JsonContent.Create(body);
        using var answer = await server.Client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    [GeneratedRegex("wb_[A-Za-z0-9_-]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    /// <summary>A stringer's key, and the paths that string their orders.</summary>
    sealed record Book(string Key, string[] Paths);
}
