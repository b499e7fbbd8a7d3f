using Waybill.Server.Api.Rates;
using Waybill.Testing;

namespace Waybill.Server.Specs.Rates;

public class Asking_too_often
{
    static readonly Guid Ann = Guid.Parse("00000000-0000-0000-0000-00000000000a");
    static readonly Guid Ben = Guid.Parse("00000000-0000-0000-0000-00000000000b");

    readonly ManualClock clock = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
    readonly RateBook book;

    public Asking_too_often() => book = new RateBook(new Rate(10), clock);

    [Fact]
    public void Is_refused_after_two_seconds_worth_at_once()
    {
        for (var n = 0; n < 20; n++) Assert.False(book.Take(Ann, 1).IsOver);

        var standing = book.Take(Ann, 1);

        Assert.Equal(new Standing(IsOver: true, 10, 0, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(0.1)), standing);
    }

    [Fact]
    public void Is_nobody_elses_business()
    {
        Empty(Ann);

        Assert.False(book.Take(Ben, 1).IsOver);
    }

    [Fact]
    public void Is_over_with_time()
    {
        Empty(Ann);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(book.Take(Ann, 1).IsOver);
        Assert.True(book.Take(Ann, 1).IsOver);
    }

    [Fact]
    public void Counts_each_item_of_a_batch()
    {
        Assert.False(book.Take(Ann, 15).IsOver);

        var standing = book.Take(Ann, 15);

        Assert.True(standing.IsOver);
        Assert.Equal(5, standing.Remaining);
    }

    /// <summary>Its request counts for one, and the rest for at most what a full bucket has left then.</summary>
    [Fact]
    public void Lets_a_batch_in_that_no_bucket_ever_holds()
    {
        Assert.False(book.Take(Ann, 1).IsOver);
        Assert.False(book.Take(Ann, 99).IsOver);

        book.Take(Ann, 1);
        var wait = book.Take(Ann, 99).Wait;
        clock.Advance(wait);

        Assert.False(book.Take(Ann, 1).IsOver);
        Assert.False(book.Take(Ann, 99).IsOver);
    }

    [Fact]
    public void Owes_what_a_batch_was_beyond_what_the_bucket_held()
    {
        book.Take(Ann, 1);
        book.Take(Ann, 99);

        Assert.Equal(TimeSpan.FromSeconds(8.1), book.Take(Ann, 1).Wait);
        clock.Advance(TimeSpan.FromSeconds(8.1));
        Assert.False(book.Take(Ann, 1).IsOver);
        Assert.True(book.Take(Ann, 1).IsOver);
    }

    [Fact]
    public void Gets_back_what_was_counted_for_a_request_that_was_refused_after_all()
    {
        Empty(Ann);

        book.GiveBack(Ann, 1);

        Assert.False(book.Take(Ann, 1).IsOver);
        Assert.True(book.Take(Ann, 1).IsOver);
    }

    [Fact]
    public void Saves_nothing_up_beyond_two_seconds()
    {
        clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(19, book.Take(Ann, 1).Remaining);
    }

    /// <summary>The time of day may jump; what is measured by is the machine's steady clock.</summary>
    [Fact]
    public void Locks_nobody_out_when_the_clock_goes_back()
    {
        var turned = new TurnedBack();
        var kept = new RateBook(new Rate(10), turned);
        while (!kept.Take(Ann, 1).IsOver) { }

        turned.Back = TimeSpan.FromHours(2);
        turned.Steady += TimeSpan.TicksPerSecond;

        Assert.False(kept.Take(Ann, 1).IsOver);
    }

    [Fact]
    public void Is_forgotten_of_those_who_rested()
    {
        for (var n = 0; n < 1_000; n++)
        {
            book.Take(Guid.CreateVersion7(), 1);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(book.Count, 1, 300);
    }

    void Empty(Guid who)
    {
        while (!book.Take(who, 1).IsOver) { }
    }

    sealed class TurnedBack : TimeProvider
    {
        public TimeSpan Back { get; set; }

        public long Steady { get; set; } = TimeSpan.TicksPerDay;

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero) - Back;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Steady;
    }
}
