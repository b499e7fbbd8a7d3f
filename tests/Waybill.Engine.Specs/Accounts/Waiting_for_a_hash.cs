using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Secrets;
using Waybill.Engine.SigningIn;
using Waybill.Engine.Specs.Databases;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Accounts;

/// <summary>A hash takes a core for a tenth of a second, and somebody sends two hundred passwords.</summary>
public sealed class Waiting_for_a_hash() : HouseholdContract(Provider.Sqlite)
{
    static readonly PersonId Ann = new(Guid.Parse("0198c0de-0000-7000-8000-000000000001"));

    static readonly PersonId Other = new(Guid.Parse("0198c0de-0000-7000-8000-000000000002"));

    readonly HashQueue queue = new(places: 1);

    [Fact]
    public async Task A_known_device_comes_before_all_strangers_that_wait()
    {
        Assert.True(await queue.TryEnterAsync(Stranger(0), None));
        var strangers = Enumerable.Range(1, 200).Select(n => queue.TryEnterAsync(Stranger(n), None)).ToList();
        var owner = queue.TryEnterAsync(HashTurn.Known(Ann), None);

        queue.Leave();

        Assert.True(await owner);
        Assert.Equal(HashQueue.MostStrangers, strangers.Count(one => !one.IsCompleted));
        for (var n = 0; n <= HashQueue.MostStrangers; n++) queue.Leave();
        Assert.Equal(HashQueue.MostStrangers, (await Task.WhenAll(strangers)).Count(isIn => isIn));
    }

    [Fact]
    public async Task One_net_takes_not_all_places_of_the_strangers()
    {
        Assert.True(await queue.TryEnterAsync(Stranger(0), None));
        var flood = Enumerable.Range(0, 60).Select(n => queue.TryEnterAsync(HashTurn.Stranger(new($"2001:db8:1:1::{n:x}", "")), None))
            .ToList();

        Assert.Equal(12, flood.Count(one => !one.IsCompleted));
        Assert.False(queue.IsFullFor(Stranger(1)));
    }

    [Fact]
    public async Task Nor_does_one_person_take_all_that_come_first()
    {
        Assert.True(await queue.TryEnterAsync(Stranger(0), None));
        var many = Enumerable.Range(0, 60).Select(_ => queue.TryEnterAsync(HashTurn.Known(Ann), None)).ToList();
        var other = queue.TryEnterAsync(HashTurn.Known(Other), None);

        for (var n = 0; n < 5; n++) queue.Leave();

        Assert.True(await other);
        Assert.All(await Task.WhenAll(many.Take(4)), Assert.True);
        Assert.Equal(4, many.Skip(4).Count(one => !one.IsCompleted)); // they wait with the strangers
    }

    [Fact]
    public async Task Who_goes_away_is_not_waited_for()
    {
        Assert.True(await queue.TryEnterAsync(Stranger(0), None));
        using var gone = new CancellationTokenSource();
        var first = queue.TryEnterAsync(Stranger(1), gone.Token);
        var second = queue.TryEnterAsync(Stranger(2), None);

        await gone.CancelAsync();
        queue.Leave();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.True(await second);
    }

    /// <summary>The whole way: a cookie of an earlier sign-in, and a queue that is full.</summary>
    [Fact]
    public async Task Lets_its_person_in_first_and_sends_away_who_finds_no_place()
    {
        var ann = await House.SeedAsync();
        var known =
            Assert.IsType<SignInOutcome.Entered>(
                await House.SignIn.TryPasswordAsync(ann.Email, Household.Password, Household.Desk, None)).KnownBy;
        var turns = House.Book.Turns;
        while (!turns.IsFullFor(HashTurn.Stranger(new("192.0.2.99", "")))) _ = turns.TryEnterAsync(Stranger(turns.Length + 1000), None);

        var owner = House.SignIn.TryPasswordAsync(ann.Email, Household.Password, Household.Desk with { KnownBy = known }, None);
        await Eventually.GetAsync("the owner to wait", () => Task.FromResult(turns.Next is { IsKnown: true } ? "" : null));
        var verified = House.SignIn.Verifications;
        var stranger = await House.SignIn.TryPasswordAsync(ann.Email, "guess", new("192.0.2.99", ""), None);
        turns.Leave();

        Assert.IsType<SignInOutcome.Busy>(stranger);
        Assert.IsType<SignInOutcome.Entered>(await owner);
        Assert.Equal(1, House.SignIn.Verifications - verified);
    }

    static HashTurn Stranger(int net) => HashTurn.Stranger(new($"2001:db8:{net:x}::1", ""));
}

/// <summary>A cookie that says who signed in on a device before.</summary>
public class A_known_device
{
    static readonly PersonId Ann = new(Guid.Parse("0198c0de-0000-7000-8000-000000000001"));
    static readonly PersonId Bob = new(Guid.Parse("0198c0de-0000-7000-8000-000000000002"));

    readonly ManualClock clock = Noon.Clock();
    readonly KnownDevices devices;

    public A_known_device() => devices = new(DataKeys.FromMaster(MasterKey.Parse(Convert.ToBase64String(new byte[32]))), clock);

    [Fact]
    public void Is_known_for_those_who_signed_in_on_it_and_for_nobody_else()
    {
        var cookie = devices.Remember(devices.Remember(null, Ann), Bob);

        Assert.NotNull(devices.Find(cookie, Ann));
        Assert.NotNull(devices.Find(cookie, Bob));
        Assert.Null(devices.Find(devices.Remember(null, Ann), Bob));
        Assert.Null(devices.Find(null, Ann));
    }

    [Fact]
    public void Stays_the_same_device_and_is_another_than_any_other()
    {
        var cookie = devices.Remember(null, Ann);

        Assert.Equal(devices.Find(cookie, Ann), devices.Find(devices.Remember(cookie, Ann), Ann));
        Assert.NotEqual(devices.Find(cookie, Ann), devices.Find(devices.Remember(null, Ann), Ann));
    }

    [Fact]
    public void Is_known_for_four_people_and_for_a_year()
    {
        var cookie = devices.Remember(null, Ann);
        for (var n = 0; n < 3; n++) cookie = devices.Remember(cookie, new(Guid.CreateVersion7(Noon.Instant.AddDays(n))));
        Assert.NotNull(devices.Find(cookie, Ann));
        Assert.Null(devices.Find(devices.Remember(cookie, Bob), Ann));

        clock.Advance(KnownDevices.Lifetime);

        Assert.False(devices.IsAnybodys(cookie));
    }

    [Fact]
    public void Is_no_cookie_that_somebody_made()
    {
        var cookie = devices.Remember(null, Ann);
        var other =
            new KnownDevices(
                DataKeys.FromMaster(MasterKey.Parse(Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray()))), clock).Remember(
                    null, Ann);

        string[] made = [other, cookie[..^1] + (cookie[^1] == 'A' ? 'B' : 'A'), "x" + cookie[1..], cookie + "A", "", ".", "....",
            new string('A', 64), new string('A', 10_000)];
        Assert.DoesNotContain(made, forged => devices.IsAnybodys(forged));
    }
}
