using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Waybill.Server.Specs.Kills;

/// <summary>
/// A client that is sure of every email it posts: it numbers them in their subjects, keeps a pace over many connections, asks again with
/// the same Idempotency-Key for as long as no answer came, and writes down the id that it was told.
/// </summary>
internal sealed class Poster(HttpClient client, double perSecond)
{
    const int Connections = 32;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // A dot alone on a line, and lines that begin with one: what the relay books must be what was composed.
    static readonly string Text = string.Concat(
        Enumerable.Range(0, 12).Select(n => $"Line {n} of a receipt that must not be lost.\n.\n.{n} dots\n"));

    readonly ConcurrentDictionary<int, string> acknowledged = new();
    readonly long started = Stopwatch.GetTimestamp();
    int next;
    int repeats;

    /// <summary>The id that was acknowledged for each number that was posted.</summary>
    public IReadOnlyDictionary<int, string> Acknowledged => acknowledged;

    /// <summary>How often an answer did not come and the request was made once more.</summary>
    public int Repeats => repeats;

    /// <summary>Posts until told to stop, and then until everything it posted is acknowledged.</summary>
    public Task PostAsync(CancellationToken enough) =>
        Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => PostInTurnAsync(enough), CancellationToken.None)));

    /// <summary>Posts one, for as long as it takes.</summary>
    public async Task PostAsync(int number)
    {
        string? id;
        while ((id = await TryAsync(number)) is null)
        {
            Interlocked.Increment(ref repeats);
            await Task.Delay(Pause);
        }
        acknowledged[number] = id;
    }

    async Task PostInTurnAsync(CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref next);
            try
            {
                await WaitForTurnAsync(number, enough);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await PostAsync(number);
        }
    }

    async Task WaitForTurnAsync(int number, CancellationToken enough)
    {
        var early = TimeSpan.FromSeconds(number / perSecond) - Stopwatch.GetElapsedTime(started);
        if (early > TimeSpan.Zero) await Task.Delay(early, enough);
    }

    async Task<string?> TryAsync(int number)
    {
        using var request = Request(number);
        try
        {
            using var answer = await client.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode) return JsonDocument.Parse(body).RootElement.GetProperty("id").GetString();
            // A database that is away is 503; 500 would be a defect.
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return null;
            throw new InvalidOperationException($"Email {number} was refused: {body}");
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    static HttpRequestMessage Request(int number)
    {
        var subject = number.ToString(CultureInfo.InvariantCulture);
        var email = JsonSerializer.Serialize(new { from = "shop@example.com", to = $"buyer{subject}@example.org", subject, text = Text });
        var content = new StringContent(email, Encoding.UTF8, "application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, "/emails") { Content = content };
        request.Headers.Add("Idempotency-Key", $"receipt-{subject}");
        return request;
    }
}
