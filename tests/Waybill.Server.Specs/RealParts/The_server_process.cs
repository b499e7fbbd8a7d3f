using System.Diagnostics;
using Waybill.Testing;

namespace Waybill.Server.Specs.RealParts;

public class The_server_process
{
    const int Killed = 137;

    [Fact]
    public async Task Keeps_its_data_and_address_over_a_kill_and_says_goodbye_when_asked_to_stop()
    {
        await using var server = await ServerProcess.StartAsync();
        var before = Directory.GetFiles(server.DataFolder);

        await server.KillAsync();
        Assert.Equal(Killed, await server.WaitForEndAsync());
        await server.StartAgainAsync();

        Assert.NotEmpty(before);
        Assert.All(before, file => Assert.True(File.Exists(file), file));
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task Is_killed_when_whoever_holds_the_leash_is_gone()
    {
        using var leashed = Process.Start(new ProcessStartInfo("sh", [Repository.PathOf("tests/real/leash.sh"), "sleep", "600"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        })!;

        leashed.StandardInput.Close();
        await leashed.WaitForExitAsync();

        Assert.Equal(Killed, leashed.ExitCode);
    }
}
