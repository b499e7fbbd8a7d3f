using Waybill.Testing;

namespace Waybill.Server.Specs.RealParts;

public class The_kill_hook
{
    const int Killed = 137;

    [Fact]
    public async Task Kills_its_process_inside_the_chosen_step()
    {
        var run = await StepAsync(KillHook.At("dot"), "rcpt", "dot", "reply");

        Assert.Equal((Killed, "rcpt\n"), (run.ExitCode, run.Text));
    }

    [Fact]
    public async Task Counts_the_steps_of_that_name()
    {
        var run = await StepAsync(KillHook.At("dot", after: 2), "dot", "reply", "dot", "reply");

        Assert.Equal((Killed, "dot\nreply\n"), (run.ExitCode, run.Text));
    }

    [Fact]
    public async Task Leaves_a_process_alone_that_never_takes_the_step()
    {
        var run = await StepAsync(KillHook.At("dot", after: 3), "dot", "dot");

        Assert.Equal((0, "dot\ndot\n"), (run.ExitCode, run.Text));
    }

    static Task<ProgramRun> StepAsync(IReadOnlyDictionary<string, string> settings, params string[] steps) =>
        ProgramRun.OfAsync("dotnet", [KillHook.Library, .. steps], settings);
}
