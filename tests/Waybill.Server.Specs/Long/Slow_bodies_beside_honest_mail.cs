using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Waybill.Server.Specs.Bodies;
using Waybill.Testing;

namespace Waybill.Server.Specs.Long;

/// <summary>
/// <c>./test --long attack</c>: a tenant begins forty bodies with 1.2 MB each and goes on with 600 octets a second. How long another
/// tenant's mails of 2 MB take meanwhile, and without.
/// </summary>
[Trait("Category", "Long")]
[Trait("Long", "attack")]
public sealed partial class Slow_bodies_beside_honest_mail
{
    const int Slow = 40;
    const int Mails = 40;

    [Fact]
    public async Task Keep_nobody_elses_mail_waiting()
    {
        await using var server = await ServerProcess.StartAsync();
        var made = await server.RunAsync("keys", "create", "--tenant", "honest", "--name", "honest");
        using var honest = server.ClientWith(Token().Match(made.Text).Value);
        var mail =
            Encoding.ASCII.GetBytes(
                BadInput.Post.WithAttachment($"{{\"filename\":\"a.bin\",\"content\":\"{new string('A', 2_000_000)}\"}}"));
        await PostAsync(honest, mail, 10);

        var without = await PostAsync(honest, mail, Mails);
        using var over = new CancellationTokenSource();
        var slow = Enumerable.Range(0, Slow).Select(_ => DribbleAsync(server, over.Token)).ToArray();
        await Task.WhenAll(slow.Select(one => one.Begun));
        var with = await PostAsync(honest, mail, Mails);
        var answers = await Task.WhenAll(slow.Select(one => one.Answer));
        await over.CancelAsync();

        var refused = answers.Count(answer => answer.StartsWith("HTTP/1.1 408 ", StringComparison.Ordinal));
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"mails of 2 MB: p50 {At(without, 0.5):0} ms, p99 {At(without, 0.99):0} ms alone; p50 {At(with, 0.5):0} ms, p99 {At(with, 0.99):0} ms beside {Slow} slow bodies, of which {refused} were answered 408"));
        Assert.Equal(Slow, refused + answers.Count(answer => answer.StartsWith("HTTP/1.1 503 ", StringComparison.Ordinal)));
        Assert.InRange(At(with, 0.99), 0, 5_000);
    }

    /// <summary>A slow body: when it has begun, and how it is answered in the end.</summary>
    static (Task Begun, Task<string> Answer) DribbleAsync(ServerProcess server, CancellationToken over)
    {
        var begun = new TaskCompletionSource();
        return (begun.Task, RunAsync());

        async Task<string> RunAsync()
        {
            using var request = await RawRequest.BeginAsync(server, "POST /emails", server.ApiKey);
            await request.SendAsync("Content-Length: 50000000\r\n\r\n" + new string(' ', 1_200_000));
            begun.SetResult();
            var answer = request.AnswerAsync(until: "\r\n");
            while (!answer.IsCompleted && !over.IsCancellationRequested && await request.TrySendAsync(new string(' ', 600)))
                await Task.WhenAny(answer, Task.Delay(1_000, over));
            return await answer;
        }
    }

    static async Task<List<double>> PostAsync(HttpClient client, byte[] mail, int count)
    {
        var took = new List<double>();
        for (var n = 0; n < count; n++)
        {
            using var content = new ByteArrayContent(mail) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            var began = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsync(new Uri("/emails", UriKind.Relative), content);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        return took;
    }

    static double At(List<double> took, double share) => took.Order().ElementAt((int)(share * (took.Count - 1)));

    [GeneratedRegex("wb_[A-Za-z0-9_-]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
