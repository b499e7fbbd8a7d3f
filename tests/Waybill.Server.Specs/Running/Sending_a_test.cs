using Waybill.Server.Specs.Relays;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Running;

public class Sending_a_test(RelayTrouble trouble) : IClassFixture<RelayTrouble>
{
    [Fact]
    public async Task Shows_the_words_of_a_relay_that_takes_it()
    {
        var server = await trouble.SharedAsync();

        var run = await server.RunAsync("send-test", "--to", "ada@example.org");

        Assert.True(run.ExitCode == 0, run.Text + run.Complaints);
        Assert.Contains("250 2.0.0 Ok: queued as", run.Text, StringComparison.Ordinal);
        Assert.Contains("sent:", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_the_words_of_a_relay_that_does_not_and_fails()
    {
        var server = await trouble.SharedAsync();

        var run = await server.RunAsync("send-test", "--to", "code-550-5.7.1@example.org", "--from", "shop@example.com");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("550 5.7.1 scripted answer", run.Text, StringComparison.Ordinal);
        Assert.Contains("MAIL FROM:<shop@example.com>", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_running_server_says_the_same_and_hides_the_password()
    {
        await using var server = await trouble.StartAsync(SmtpFault.WrongPassword);
        Assert.Equal(0, await server.StopAsync());

        var run = await server.RunAsync("send-test", "--to", "ada@example.org");

        Assert.True(run is { ExitCode: 1, Text.Length: > 0 }, run.Complaints);
        Assert.Contains("535", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(RelayTrouble.Password, run.Text + run.Complaints, StringComparison.Ordinal);
    }
}
