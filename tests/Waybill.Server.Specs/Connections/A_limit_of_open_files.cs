using System.Net.Sockets;
using Waybill.Server.Specs.Trouble;
using Waybill.Testing;

namespace Waybill.Server.Specs.Connections;

public class A_limit_of_open_files
{
    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    public async Task That_is_too_low_ends_the_start_with_one_sentence(int limit)
    {
        var run = await ProgramRun.OfAsync("sh", ["-c", "ulimit -n $0; exec \"$1\"", $"{limit}", ServerProcess.Executable]);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(
            $"Waybill cannot start: this process may have {limit} files open (RLIMIT_NOFILE), and Waybill needs at least 512",
            run.Complaints, StringComparison.Ordinal);
        Assert.Equal(1, run.Complaints.Count(c => c == '\n'));
        Assert.Empty(run.Text);
    }

    [Fact]
    public async Task Is_reached_by_no_flood_and_mail_and_verbs_go_on()
    {
        await using var server =
            await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["SPECS_OPEN_FILES"] = "512" });
        var poster = new Poster(server);
        var silent = new List<Socket>();

        for (var i = 0; i < 800; i++)
        {
            silent.Add(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            await silent[^1].ConnectAsync("127.0.0.1", server.Address.Port);
            if (i % 100 == 99) Assert.True((await poster.PostAsync()).IsSuccessStatusCode);
        }

        Assert.Equal(0, (await server.RunAsync("keys", "list")).ExitCode);
        await poster.AssertNothingIsLostAsync();
        Assert.Equal(8, poster.Acknowledged);
        silent.ForEach(one => one.Dispose());
        Assert.Equal(0, await server.StopAsync());
    }
}
