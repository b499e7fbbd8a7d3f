using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Waybill.Server.Connections;
using Waybill.Testing;

namespace Waybill.Server.Specs.Connections;

/// <summary>Three places, one more for who is told to come back.</summary>
public class When_all_places_are_taken
{
    readonly ConnectionDoor door = new(new ConnectionLimits(Served: 3, Surplus: 1, OfOneAddress: 3), [IPAddress.Parse("10.0.0.1")]);

    [Fact]
    public async Task The_one_goes_that_has_been_idle_longest()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        await OpenAsync();

        var fourth = await OpenAsync();
        Assert.True(IsClosed(first));
        Assert.False(IsClosed(second));

        await CloseAsync(first);
        await OpenAsync();
        Assert.True(IsClosed(second));
        Assert.False(IsClosed(fourth));
    }

    [Fact]
    public async Task One_that_never_asked_for_anything_goes_before_one_that_did()
    {
        var proven = await OpenAsync();
        door.Begin(proven);
        door.End(proven);
        var (silent, newer) = (await OpenAsync(), await OpenAsync());

        await OpenAsync();

        Assert.Equal((true, false, false), (IsClosed(silent), IsClosed(newer), IsClosed(proven)));
    }

    /// <summary>All in one go on a thread without a context, so that what waits for the clock goes on as soon as it moves.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task One_that_was_of_use_is_closed_between_two_requests(bool asksOnceMore) => Task.Run(async () =>
    {
        var clock = new ManualClock(DateTimeOffset.UnixEpoch);
        var small = new ConnectionDoor(new ConnectionLimits(Served: 1, Surplus: 1, OfOneAddress: 1), []) { Clock = clock };
        var socket = Connection("203.0.113.1");
        socket.Features.Set<IConnectionLifetimeNotificationFeature>(new Notification());
        var proven = (await small.AdmitAsync(socket, default))!;
        small.Begin(proven);
        small.End(proven);

        await small.AdmitAsync(Connection("203.0.113.2"), default);
        if (asksOnceMore)
        {
            small.Begin(proven); // it was on its way
            clock.Advance(TimeSpan.FromSeconds(29));
            Assert.False(socket.IsAborted);
            small.End(proven);
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(socket.IsAborted);
    });

    [Fact]
    public async Task One_that_is_at_work_stays_and_the_new_one_is_told_to_come_back()
    {
        CountedConnection[] busy = [await OpenAsync(), await OpenAsync(), await OpenAsync()];
        Assert.All(busy, one => Assert.True(door.Begin(one)));

        var fourth = await OpenAsync();

        Assert.False(door.Begin(fourth));
        Assert.All(busy, one => Assert.False(IsClosed(one)));
    }

    [Fact]
    public async Task One_beyond_even_those_is_closed_unheard_and_holds_nothing()
    {
        for (var i = 0; i < 4; i++) door.Begin(await OpenAsync());
        var fifth = Connection("203.0.113.1");

        Assert.Null(await door.AdmitAsync(fifth, TestContext.Current.CancellationToken));

        Assert.True(fifth.IsAborted);
        Assert.Equal(new ConnectionFigures(Open: 4, Most: 4, Dropped: 0, TurnedAway: 1), door.Figures);
    }

    [Fact]
    public async Task A_place_that_becomes_free_serves_the_one_that_would_have_been_sent_away()
    {
        CountedConnection[] busy = [await OpenAsync(), await OpenAsync(), await OpenAsync()];
        foreach (var one in busy) door.Begin(one);
        var fourth = await OpenAsync();

        await CloseAsync(busy[0]);

        Assert.True(door.Begin(fourth));
    }

    [Fact]
    public async Task Those_that_were_sent_away_count_until_they_are_gone()
    {
        var first = await OpenAsync();
        foreach (var _ in (int[])[2, 3, 4]) await OpenAsync(); // the first was sent away for the fourth, and is still there

        var fifth = door.AdmitAsync(Connection("203.0.113.9"), TestContext.Current.CancellationToken);
        Assert.False(fifth.IsCompleted);
        await CloseAsync(first);

        Assert.NotNull(await fifth);
    }

    [Fact]
    public async Task A_flood_is_counted_as_it_is()
    {
        var all = new List<CountedConnection>();
        for (var i = 0; i < 1000; i++)
        {
            if (i >= 4) await CloseAsync(all[i - 4]);
            all.Add(await OpenAsync(FormattableString.Invariant($"203.0.113.{i % 250}")));
        }

        Assert.Equal(4, door.Figures.Open);
        foreach (var one in all.TakeLast(4)) await CloseAsync(one);
        Assert.Equal(0, door.Figures.Open);
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9", "203.0.113.9", true)]
    [InlineData("203.0.113.9", "::ffff:203.0.113.9", "203.0.113.9", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:1:ffff::", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", "2001:db8:0:3::1", false)]
    [InlineData("203.0.113.9", "203.0.113.8", "203.0.113.7", false)]
    [InlineData("10.0.0.1", "10.0.0.1", "::ffff:10.0.0.1", false)] // a proxy that the settings name: all come by it
    public async Task No_address_has_more_than_its_share_and_drops_one_of_its_own(string first, string second, string third, bool isShare)
    {
        var wide = new ConnectionDoor(new ConnectionLimits(Served: 9, Surplus: 1, OfOneAddress: 2), [IPAddress.Parse("10.0.0.1")]);
        var stranger = (await wide.AdmitAsync(Connection("198.51.100.1"), default))!;
        var oldest = (await wide.AdmitAsync(Connection(first), default))!;
        await wide.AdmitAsync(Connection(second), default);
        await wide.AdmitAsync(Connection(third), default);

        Assert.Equal(isShare, IsClosed(oldest));
        Assert.False(IsClosed(stranger));
    }

    async Task<CountedConnection> OpenAsync(string address = "203.0.113.1") =>
        (await door.AdmitAsync(Connection(address), TestContext.Current.CancellationToken))!;

    static Task CloseAsync(CountedConnection connection) => connection.DisposeAsync().AsTask();

    static bool IsClosed(CountedConnection connection) => connection.IsLeaving;

    static Socket Connection(string address) => new() { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 4711) };

    sealed class Notification : IConnectionLifetimeNotificationFeature
    {
        public CancellationToken ConnectionClosedRequested { get; set; }

        public void RequestClose() { }
    }

    /// <summary>A connection as the door sees it.</summary>
    sealed class Socket : ConnectionContext
    {
        public bool IsAborted { get; private set; }

        public override string ConnectionId { get; set; } = "one";

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

        public override IDuplexPipe Transport { get; set; } = null!;

        public override void Abort() => IsAborted = true;
    }
}
