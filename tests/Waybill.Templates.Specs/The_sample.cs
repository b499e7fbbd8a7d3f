using Waybill.Testing;

namespace Waybill.Templates.Specs;

/// <summary>What somebody who only wants templates begins with: <c>samples/Waybill.Samples.Templates</c>.</summary>
public class The_sample
{
    const string Name = "Waybill.Samples.Templates";

    [Fact]
    public async Task Writes_a_mail()
    {
        var run = await ProgramRun.OfAsync(Repository.PathOf($"artifacts/bin/{Name}/debug/{Name}"), []);

        Assert.Equal((0, ""), (run.ExitCode, run.Complaints));
        Assert.StartsWith("Your order is on its way, Ann <3\n\n", run.Text, StringComparison.Ordinal);
        Assert.Contains("- Strings\n- Grip\n", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_no_more_than_ten_lines() =>
        Assert.InRange(File.ReadLines(Repository.PathOf($"samples/{Name}/Program.cs")).Count(line => line.Length > 0), 1, 10);
}
