using Xunit;

namespace Waybill.Engine.Specs.Databases;

public sealed class Asking_within_a_unit_on_Sqlite() : Asking_within_a_unit(Provider.Sqlite);

public sealed class Asking_within_a_unit_on_Postgres() : Asking_within_a_unit(Provider.Postgres);

public abstract class Asking_within_a_unit(Provider provider) : DatabaseContract(provider)
{
    [Fact]
    public async Task For_a_read_of_its_own_is_refused_by_name_and_undoes_the_unit()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Database.WriteAsync(
            "greedy",
            async session =>
            {
                await session.ExecuteAsync("UPDATE tenants SET name = 'greedy'", _ => { }, None);
                return await Office.NumberAsync("SELECT count(*) FROM tenants");
            },
            None));

        Assert.Contains("'greedy'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM tenants WHERE name = 'greedy'"));
    }

    [Fact]
    public async Task For_another_unit_is_refused() => await Assert.ThrowsAsync<InvalidOperationException>(() => Database.WriteAsync(
        "greedy", async _ => await Database.WriteAsync("another", _ => ValueTask.FromResult(1), None), None));

    [Fact]
    public async Task Is_free_again_for_what_a_unit_started_and_did_not_wait_for()
    {
        var (ended, asked) = (new TaskCompletionSource(), Task.FromResult(0L));
        await Database.WriteAsync(
            "starts something",
            session =>
            {
                asked = Task.Run(async () =>
                {
                    await ended.Task;
                    return await Office.NumberAsync("SELECT count(*) FROM tenants");
                });
                return ValueTask.FromResult(1);
            },
            None);
        ended.SetResult();

        Assert.Equal(1, await asked);
    }
}
