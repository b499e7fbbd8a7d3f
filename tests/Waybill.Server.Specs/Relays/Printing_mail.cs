using Waybill.Testing;

namespace Waybill.Server.Specs.Relays;

public class Printing_mail
{
    [Fact]
    public async Task Shows_each_message_on_the_console_and_none_in_the_log()
    {
        await using var server =
            await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Email__Provider"] = "mock" });
        Assert.Contains("Mail is captured and printed here, its body too", server.Output, StringComparison.Ordinal);

        await server.ShouldBecomeAsync(await server.PostEmailAsync(), "sent");

        await Eventually.IsTrueAsync(
            "the mail to be printed", () => Task.FromResult(server.Output.Contains("\nThank you.", StringComparison.Ordinal)));
        Assert.DoesNotContain(
            server.Output.Split('\n'), line => line.StartsWith('{') && line.Contains("Thank you", StringComparison.Ordinal));
    }
}
