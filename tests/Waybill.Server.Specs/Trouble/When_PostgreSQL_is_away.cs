using System.Net;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Trouble;

public class When_PostgreSQL_is_away
{
    [Fact]
    public async Task Mail_is_refused_for_the_moment_and_taken_again_when_it_is_back()
    {
        await using var postgres = await PostgresServer.StartAsync(durable: true);
        await using var server = await StartAsync(postgres);
        var poster = new Poster(server);
        for (var i = 0; i < 10; i++) Assert.True((await poster.PostAsync()).IsSuccessStatusCode);

        await postgres.StopImmediatelyAsync();
        using var refused = await poster.PostAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("does not answer", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await postgres.ResumeAsync();
        await poster.PostUntilTakenAsync(TimeSpan.FromSeconds(15));
        await poster.AssertNothingIsLostAsync();
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task A_crash_of_it_among_requests_loses_nothing_that_was_acknowledged()
    {
        await using var postgres = await PostgresServer.StartAsync(durable: true);
        await using var server = await StartAsync(postgres);
        var posters = Enumerable.Range(0, 8).Select(_ => new Poster(server)).ToArray();
        using var enough = new CancellationTokenSource();

        var posting = posters.Select(poster => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested) (await poster.PostAsync()).Dispose();
        })).ToArray();
        await TakenAsync(posters, 50);
        await postgres.RestartImmediatelyAsync();
        await TakenAsync(posters, posters.Sum(poster => poster.Acknowledged) + 50);
        await enough.CancelAsync();
        await Task.WhenAll(posting);

        foreach (var poster in posters) await poster.AssertNothingIsLostAsync();
        Assert.Equal(0, await server.StopAsync());
    }

    static Task TakenAsync(Poster[] posters, int count) => Eventually.IsTrueAsync(
        $"more than {count} emails to be taken",
        () => Task.FromResult(posters.Sum(poster => poster.Acknowledged) > count),
        TimeSpan.FromSeconds(30));

    static async Task<ServerProcess> StartAsync(PostgresServer postgres)
    {
        var place = await postgres.CreateDatabaseAsync();
        return await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Database__Provider"] = "postgres",
            ["Database__ConnectionString"] = place,
        });
    }
}
