using System.Collections.Concurrent;
using Waybill.Engine.Storage;
using Xunit;

namespace Waybill.Engine.Specs.Storage;

public class Gathering_what_is_written
{
    static readonly Guid Flood = Guid.CreateVersion7();
    static readonly Guid Single = Guid.CreateVersion7();

    [Fact]
    public async Task Lets_owners_take_turns_so_that_a_flood_holds_nobody_up()
    {
        var groups = new ConcurrentQueue<(Guid Owner, int Weight)[]>();
        var first = new TaskCompletionSource();
        await using var grouping = Gather(groups, first.Task);
        var flood = Enumerable.Range(0, 1_000).Select(_ => grouping.AddAsync((Flood, 1))).ToArray();
        var single = grouping.AddAsync((Single, 1));

        first.SetResult();
        await single;

        Assert.Contains((Single, 1), groups.Take(2).SelectMany(group => group)); // the first may have begun before it came
        await Task.WhenAll(flood);
        Assert.Equal(1_001, groups.Sum(group => group.Length));
    }

    [Fact]
    public async Task Ends_a_group_that_has_grown_heavy()
    {
        var groups = new ConcurrentQueue<(Guid Owner, int Weight)[]>();
        var first = new TaskCompletionSource();
        await using var grouping = Gather(groups, first.Task);
        var all = Enumerable.Range(0, 120).Select(_ => grouping.AddAsync((Flood, 100))).ToArray();

        first.SetResult();
        await Task.WhenAll(all);

        Assert.All(groups, group => Assert.InRange(group.Length, 1, 5));
    }

    [Fact]
    public async Task Writes_what_it_took_and_nothing_that_it_refused_when_it_closes()
    {
        var groups = new ConcurrentQueue<(Guid Owner, int Weight)[]>();
        var first = new TaskCompletionSource();
        var grouping = Gather(groups, first.Task);
        var taken = new List<Task> { grouping.AddAsync((Flood, 500)) };
        SpinWait.SpinUntil(() => !groups.IsEmpty); // the writer is busy with it
        taken.AddRange([grouping.AddAsync((Flood, 1)), grouping.AddAsync((Flood, 2))]);

        var closing = grouping.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => grouping.AddAsync((Single, 1)));
        first.SetResult();
        await closing;

        Assert.All(taken, one => Assert.True(one.IsCompletedSuccessfully));
        Assert.DoesNotContain((Single, 1), groups.SelectMany(group => group));
    }

    static Grouping<(Guid Owner, int Weight), bool> Gather(ConcurrentQueue<(Guid Owner, int Weight)[]> groups, Task first) => new(
        writers: 1,
        async group =>
        {
            groups.Enqueue([.. group]);
            await first;
            return [.. group.Select(_ => true)];
        })
    {
        Owner = item => item.Owner,
        Weight = item => item.Weight,
    };
}
