using System.Net;
using System.Text.Json;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Trouble;

public class When_the_disk_is_full
{
    [Fact]
    public async Task Mail_is_refused_with_a_sentence_nothing_acknowledged_is_lost_and_it_goes_on_by_itself()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 16);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Data__Path"] = Path.Combine(disk.Folder, "data") };
        await using var server = await ServerProcess.StartAsync(settings);
        var poster = new Poster(server);
        for (var i = 0; i < 20; i++) Assert.True((await poster.PostAsync()).IsSuccessStatusCode);

        disk.Fill();
        using var refused = await Eventually.GetAsync("the disk to be full for the server", async () =>
            await poster.PostAsync(size: 100_000) is { IsSuccessStatusCode: false } answer ? answer : null);

        Assert.Equal(HttpStatusCode.InsufficientStorage, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("The disk is full. Free some space; Waybill goes on by itself.", await SentenceAsync(refused));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadinessAsync(server));

        disk.Free();
        await poster.PostUntilTakenAsync(TimeSpan.FromSeconds(10));
        Assert.True((await poster.PostAsync(size: 100_000)).IsSuccessStatusCode);
        await Eventually.IsTrueAsync(
            "the server to be ready", async () => await ReadinessAsync(server) == HttpStatusCode.OK, TimeSpan.FromSeconds(10));
        await poster.AssertNothingIsLostAsync();
        Assert.True(poster.Acknowledged >= 22);
        Assert.Equal(0, await server.StopAsync());
    }

    static async Task<HttpStatusCode> ReadinessAsync(ServerProcess server)
    {
        using var answer = await server.Client.GetAsync(new Uri("/readyz", UriKind.Relative));
        return answer.StatusCode;
    }

    static async Task<string?> SentenceAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("message").GetString();
}
