using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Waybill.Testing;

namespace Waybill.Server.Specs.Long;

/// <summary>
/// <c>./test --long attack</c>: two hundred guessers, each from a net of their own and never tired, and the owner who wants to sign in: on
/// the device that they used before, and on one that nobody knows.
/// </summary>
[Trait("Category", "Long")]
[Trait("Long", "attack")]
public sealed class Two_hundred_guessers_at_the_door
{
    const int Guessers = 200;
    const int Rounds = 10;

    static readonly TimeSpan Most = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Keep_the_owner_waiting_for_no_more_than_a_moment()
    {
        await using var server =
            await ServerProcess.StartAsync(
                new Dictionary<string, string>(StringComparer.Ordinal) { ["Server__TrustedProxies"] = "127.0.0.1" });
        using var owner = await OperatorClient.EnterAsync(server);
        using var elsewhere = OperatorClient.Stranger(server);
        elsewhere.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
        var quiet = await TimesAsync(owner, ServerProcess.OwnerPassword);
        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentDictionary<HttpStatusCode, int>();
        var flood = Enumerable.Range(0, Guessers).Select(n => GuessAsync(server, n, answers, stop.Token)).ToList();
        while (answers.Values.Sum() < Guessers) await Task.Delay(50, CancellationToken.None);

        var loud = await TimesAsync(owner, ServerProcess.OwnerPassword);
        await elsewhere.GetAsync("/admin/sign-in");
        using var unknown =
            await elsewhere.PostAsync(
                "/admin/sign-in", new() { ["email"] = ServerProcess.OwnerEmail, ["password"] = ServerProcess.OwnerPassword });
        await stop.CancelAsync();
        await Task.WhenAll(flood);

        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Owner on a known device: {quiet[Rounds / 2]:0} ms alone; beside {Guessers} guessers {loud[Rounds / 2]:0} ms (median), {loud[^1]:0} ms at most, of {Rounds}. On an unknown device: {(int)unknown.StatusCode}. Guessers were answered {string.Join(", ", answers.Select(one => $"{(int)one.Key}: {one.Value}"))}"));
        Assert.InRange(loud[^1], 0, Most.TotalMilliseconds);
        Assert.Contains(unknown.StatusCode, (HttpStatusCode[])[HttpStatusCode.SeeOther, HttpStatusCode.ServiceUnavailable]);
        Assert.All(
            answers.Keys,
            status => Assert.Contains(
                status,
                (HttpStatusCode[])[HttpStatusCode.UnprocessableEntity, HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable]));
        Assert.True(answers.GetValueOrDefault(HttpStatusCode.ServiceUnavailable) > 0);
    }

    static async Task<List<double>> TimesAsync(OperatorClient owner, string password)
    {
        var times = new List<double>();
        for (var n = 0; n < Rounds; n++)
        {
            owner.Plant("__Host-waybill", null);
            await owner.GetAsync("/admin/sign-in");
            var began = Stopwatch.GetTimestamp();
            using var answer =
                await owner.PostAsync("/admin/sign-in", new() { ["email"] = ServerProcess.OwnerEmail, ["password"] = password });
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        }

        return [.. times.Order()];
    }

    static async Task GuessAsync(ServerProcess server, int net, ConcurrentDictionary<HttpStatusCode, int> answers, CancellationToken stop)
    {
        using var guesser = OperatorClient.Stranger(server);
        guesser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", $"2001:db8:{net:x}::1");
        await guesser.GetAsync("/admin/sign-in");
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            using var answer =
                await guesser.PostAsync(
                    "/admin/sign-in", new() { ["email"] = ServerProcess.OwnerEmail, ["password"] = $"guess number {n}" });
            answers.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
        }
    }
}
