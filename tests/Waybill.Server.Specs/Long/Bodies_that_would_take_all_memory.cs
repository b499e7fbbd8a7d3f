using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Waybill.Testing;

namespace Waybill.Server.Specs.Long;

/// <summary>
/// <c>./test --long attack</c>: one key with four bodies of 58 MB at a time, of the kinds that cost most. What the process takes at its
/// peak, and what it still has a while later.
/// </summary>
[Trait("Category", "Long")]
[Trait("Long", "attack")]
public sealed class Bodies_that_would_take_all_memory
{
    const long MB = 1_000_000;
    const long MostAtPeak = 550 * MB;
    const long MostAfterwards = 350 * MB;
    const long Fallen = 250 * MB;
    const int Largest = 58_000_000;

    [Theory]
    [InlineData("numbers", "/events/send")]
    [InlineData("numbers", "/emails")]
    [InlineData("numbers", "/suppressions")]
    [InlineData("attachments", "/emails")]
    [InlineData("escaped attachments", "/emails")]
    [InlineData("buffers", "/emails")]
    [InlineData("text", "/emails/batch")]
    [InlineData("too much text", "/emails/batch")]
    public async Task Take_what_the_budget_says(string what, string path)
    {
        await using var server = await ServerProcess.StartAsync();
        var before = Memory(server, "VmRSS");
        var body = Body(what);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostAsync(server, path, body)));
        var after = await FallenAsync(server);

        var peak = Memory(server, "VmHWM");
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"4 × {body.Length / MB} MB of {what} to {path}: {string.Join(' ', answers.Order())}; {before / MB} MB before, {peak / MB} MB at the peak, {after / MB} MB afterwards"));
        Assert.All(answers, status => Assert.Contains(status, (int[])[200, 202, 413, 422, 503]));
        Assert.InRange(peak, 0, MostAtPeak);
        Assert.InRange(after, 0, MostAfterwards);
    }

    static byte[] Body(string what)
    {
        var text = what switch
        {
            "numbers" => $"[{new StringBuilder(Largest).Insert(0, "1,", (Largest - 4) / 2)}1]",
            "attachments" => BadInput.Post.WithAttachment($"{{\"filename\":\"a.bin\",\"content\":\"{new string('A', 53_000_000)}\"}}"),
            "escaped attachments" =>
                BadInput.Post.WithAttachment($"{{\"filename\":\"a.bin\",\"content\":\"{new string('A', 52_999_996)}AAA\\/\"}}"),
            "buffers" => BadInput.Post.WithAttachment(
                $"{{\"filename\":\"a.bin\",\"content\":{{\"type\":\"Buffer\",\"data\":[{new StringBuilder(Largest).Insert(0, "7,", 28_900_000)}7]}}}}"),
            _ =>
                $"[{string.Join(',', Enumerable.Repeat(BadInput.Post.With("html", $"\"{new string('x', 4_900_000)}\""), what == "text" ? 6 : 11))}]",
        };
        return Encoding.ASCII.GetBytes(text);
    }

    static async Task<int> PostAsync(ServerProcess server, string path, byte[] body)
    {
        using var client = server.ClientWith(server.ApiKey);
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content, Version = HttpVersion.Version11 };
        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode;
    }

    /// <summary>What it has once it has fallen, or thirty seconds later. It is not left alone, as no server is.</summary>
    static async Task<long> FallenAsync(ServerProcess server)
    {
        try
        {
            await Eventually.IsTrueAsync(
                "the memory to be given back",
                async () => (await server.Client.GetAsync(new Uri("/emails", UriKind.Relative))).IsSuccessStatusCode
                    && Memory(server, "VmRSS") < Fallen,
                TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            // the figure says it
        }

        return Memory(server, "VmRSS");
    }

    static long Memory(ServerProcess server, string figure)
    {
        var line = File.ReadLines($"/proc/{server.Pid}/status").Single(one => one.StartsWith(figure + ":", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
