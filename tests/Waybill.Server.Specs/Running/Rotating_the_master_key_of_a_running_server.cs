using Waybill.Server.Specs.Resend;

namespace Waybill.Server.Specs.Running;

/// <summary>The shared server works on while its master key is renewed.</summary>
public sealed class Rotating_the_master_key_of_a_running_server(SharedServer shared)
{
    [Fact]
    public async Task Is_asked_over_its_socket_and_leaves_everything_at_work()
    {
        var server = await shared.ServerAsync();

        var rotated = await server.RunAsync("keys", "rotate-master");

        Assert.True(rotated.ExitCode == 0, rotated.Complaints);
        var file = Path.Combine(server.DataFolder, "keys", "master.key");
        Assert.Contains($"It lies in {file}", rotated.Text, StringComparison.Ordinal);
        Assert.DoesNotContain((await File.ReadAllTextAsync(file)).Trim(), rotated.Text, StringComparison.Ordinal);
        Assert.Equal(0, (await server.RunAsync("audit", "verify")).ExitCode);
        await shared.EmailOnceAsync((await shared.CallAsync("emails.send", new Mail())).Id, "sent");
    }
}
