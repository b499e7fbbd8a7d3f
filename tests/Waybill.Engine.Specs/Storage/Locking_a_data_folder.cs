using System.Diagnostics;
using Waybill.Engine.Storage;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Storage;

public sealed class Locking_a_data_folder : IDisposable
{
    const int Refused = 1;

    readonly TemporaryFolder folder = new();

    string LockFile => Path.Combine(folder.Path, "waybill.lock");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Only_one_holds_it_at_a_time()
    {
        using (InstanceLock.TryTake(folder.Path)) Assert.Null(InstanceLock.TryTake(folder.Path));

        using var next = InstanceLock.TryTake(folder.Path);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task Holds_off_another_process()
    {
        using (InstanceLock.TryTake(folder.Path)) Assert.Equal(Refused, await TryInAnotherProcessAsync());

        Assert.Equal(0, await TryInAnotherProcessAsync());
    }

    [Fact]
    public async Task Is_given_back_by_a_process_that_is_killed()
    {
        using var other = Process.Start(new ProcessStartInfo("flock", ["-n", "-o", LockFile, "sh", "-c", "echo locked; cat"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("locked", await other.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        Assert.Null(InstanceLock.TryTake(folder.Path));
        other.Kill(entireProcessTree: true);
        await other.WaitForExitAsync(TestContext.Current.CancellationToken);

        using var mine = InstanceLock.TryTake(folder.Path);
        Assert.NotNull(mine);
    }

    async Task<int> TryInAnotherProcessAsync() => (await ProgramRun.OfAsync("flock", ["-n", LockFile, "true"])).ExitCode;
}
