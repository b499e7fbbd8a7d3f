using Waybill.Server.Specs.Relays;
using Waybill.Testing;

namespace Waybill.Server.Specs.Running;

public class The_bytes_of_a_message
{
    [Fact]
    public async Task Do_not_depend_on_the_time_zone_or_language_of_who_renders_them()
    {
        await using var server = await ServerProcess.StartAsync(Where("Pacific/Kiritimati", "tr_TR.UTF-8"));
        var id = await server.PostEmailAsync("IŞIK <i@example.org>");
        await server.ShouldBecomeAsync(id, "sent");
        await server.StopAsync();
        var there = await server.RunAsync("render", id);

        await server.StartAgainAsync(Where("UTC", "C.UTF-8"));
        var here = await server.RunAsync("render", id);
        await server.StopAsync();
        await server.StartAgainAsync(Where("America/St_Johns", "de_DE.UTF-8"));
        var elsewhere = await server.RunAsync("render", id);

        Assert.True(there.ExitCode == 0, there.Complaints);
        Assert.Equal(there.Output, here.Output);
        Assert.Equal(there.Output, elsewhere.Output);
        Assert.Matches("^Date: [A-Z][a-z]{2}, .* \\+0000\r\n", there.Text);
    }

    static Dictionary<string, string> Where(string zone, string language) =>
        new(StringComparer.Ordinal) { ["TZ"] = zone, ["LANG"] = language, ["LC_ALL"] = language };
}
