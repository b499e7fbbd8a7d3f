using Waybill.Engine.Sharing;
using Xunit;

namespace Waybill.Engine.Specs.Sharing;

public class Sharing_places
{
    [Fact]
    public void Gives_almost_all_to_who_is_alone() => Assert.Equal(128, Fill(total: 256, most: 128, owners: 1)[0]);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(12)]
    public void Keeps_a_place_for_who_comes_anew_though_a_dozen_take_all_they_can(int greedy)
    {
        var places = new Places<int>(total: 256, most: 32);
        for (var round = 0; round < 50; round++)
            for (var owner = 0; owner < greedy; owner++) places.Take(owner, 1_000);

        Assert.Equal(1, places.Take(owner: -1, wanted: 1));
    }

    [Fact]
    public void Gives_the_greedy_about_the_same()
    {
        var held = Fill(total: 128, most: 32, owners: 5);

        Assert.True(held.Max() - held.Min() <= held.Max() / 2, string.Join(", ", held));
    }

    [Fact]
    public void Never_gives_more_than_there_are_whoever_takes_and_leaves()
    {
        var chance = new Random(7);
        var places = new Places<int>(total: 40, most: 24);
        var held = new int[12];
        for (var step = 0; step < 50_000; step++)
        {
            var owner = chance.Next(held.Length);
            if (chance.Next(2) == 0) held[owner] += places.Take(owner, chance.Next(1, 9));
            else if (held[owner] > 0)
            {
                places.Leave(owner);
                held[owner]--;
            }

            Assert.InRange(held.Sum(), 0, 40);
            Assert.All(held, one => Assert.InRange(one, 0, 24));
            Assert.Equal(held[owner], places.Of(owner).Held);
        }
    }

    [Fact]
    public async Task Lets_owners_take_turns_when_they_wait()
    {
        var places = new Places<string>(total: 1, most: 1);
        await places.EnterAsync("flood", CancellationToken.None);
        var order = new List<string>();
        async Task WaitAsync(string owner)
        {
            await places.EnterAsync(owner, CancellationToken.None);
            lock (order) order.Add(owner);
            places.Leave(owner);
        }

        var waiting = Enumerable.Range(0, 50).Select(_ => WaitAsync("flood")).Append(WaitAsync("single")).ToArray();
        places.Leave("flood");
        await Task.WhenAll(waiting);

        Assert.InRange(order.IndexOf("single"), 0, 1);
        Assert.Equal(51, order.Count);
    }

    [Fact]
    public async Task Forgets_who_gave_up_waiting()
    {
        var places = new Places<string>(total: 1, most: 1);
        await places.EnterAsync("one", CancellationToken.None);
        using var patience = new CancellationTokenSource();
        var impatient = places.EnterAsync("two", patience.Token).AsTask();
        var patient = places.EnterAsync("three", CancellationToken.None).AsTask();

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        places.Leave("one");

        await patient;
        Assert.Equal((0, 0), places.Of("two"));
    }

    [Fact]
    public void Claims_nothing_more_for_who_is_well_at_work_and_all_that_fits_for_others()
    {
        Assert.Equal(0, Share.ToClaim(wanted: 64, held: 100, more: 28));
        Assert.Equal(64, Share.ToClaim(wanted: 64, held: 60, more: 68));
        Assert.Equal(3, Share.ToClaim(wanted: 3, held: 100, more: 28));
        Assert.Equal(1, Share.ToClaim(wanted: 64, held: 0, more: 1));
    }

    static int[] Fill(int total, int most, int owners)
    {
        var places = new Places<int>(total, most);
        var held = new int[owners];
        for (var round = 0; round < 200; round++)
            for (var owner = 0; owner < owners; owner++) held[owner] += places.Take(owner, 1);
        return held;
    }
}
