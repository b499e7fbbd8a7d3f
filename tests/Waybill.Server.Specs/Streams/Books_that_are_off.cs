using Waybill.Testing;

namespace Waybill.Server.Specs.Streams;

public class Books_that_are_off
{
    [Theory]
    [InlineData("racketbook", "keysat", "kyora")]
    [InlineData("kyora, keysat", "racketbook", "stringer")]
    public async Task Leave_no_word(string modules, params string[] others)
    {
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Modules"] = modules });

        var streams = await server.Client.GetStringAsync(new Uri("/v1/streams", UriKind.Relative));
        using var other = await server.Client.GetAsync(new Uri($"/v1/streams/{others[0]}.receipts", UriKind.Relative));

        Assert.Equal(404, (int)other.StatusCode);
        foreach (var module in modules.Split(", ")) Assert.Contains($"\"{module}.", streams, StringComparison.Ordinal);
        foreach (var word in others)
        {
            Assert.DoesNotContain(word, streams, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(word, await other.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(word, server.Output, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task That_nobody_knows_stop_the_start_with_a_sentence()
    {
        using var program = new Running.Program();

        var run = await program.RunAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Modules"] = "racketbook,tennisbook" });

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Modules names 'tennisbook'; there are racketbook, keysat, kyora.", run.Complaints, StringComparison.Ordinal);
    }
}
