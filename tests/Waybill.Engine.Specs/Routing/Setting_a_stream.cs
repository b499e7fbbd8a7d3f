using Waybill.Engine.Routing;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Routing;

public sealed class Setting_a_stream_on_Sqlite() : Setting_a_stream(Provider.Sqlite);

public sealed class Setting_a_stream_on_Postgres() : Setting_a_stream(Provider.Postgres);

public abstract class Setting_a_stream(Provider provider) : DatabaseContract(provider)
{
    static readonly StreamSettings Everything = new()
    {
        Attempts = 4,
        Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(2500)],
        Jitter = 0.125,
        Kept = new Kept.For(7),
        OffersUnsubscribe = true,
        RetryOnceOnConnectionFault = true,
    };

    [Fact]
    public async Task Takes_effect_at_once_here_and_elsewhere_at_the_next_look()
    {
        var elsewhere = Office.NewStreams();
        await ChangeAsync("api", _ => Everything);

        Assert.Equal(4, Office.Streams.Find("api").Attempts);
        Assert.Equal(9, elsewhere.Find("api").Attempts);
        await elsewhere.LoadAsync(None);
        foreach (var table in (StreamTable[])[Office.Streams, elsewhere])
        {
            var policy = table.Find("api");
            Assert.Equal([1, 2.5, 2.5], policy.Waits.Select(wait => wait.TotalSeconds)); // the last one again, for there are four attempts
            Assert.Equal(
                (0.125, new Kept.For(7), true, true),
                (policy.Jitter, policy.Kept, policy.OffersUnsubscribe, policy.RetryOnceOnConnectionFault));
        }
    }

    [Fact]
    public async Task Leaves_alone_what_is_not_named_and_goes_back_to_the_default()
    {
        await ChangeAsync("keysat.buyer", settings => settings with { Attempts = 2 });
        await ChangeAsync("keysat.buyer", settings => settings with { Kept = new Kept.ForEver() });

        Assert.Equal((2, new Kept.ForEver()), (Office.Streams.Find("keysat.buyer").Attempts, Office.Streams.Find("keysat.buyer").Kept));
        await ChangeAsync("keysat.buyer", _ => new());
        Assert.Same(Office.Streams.FindStandard("keysat.buyer")!.Waits, Office.Streams.Find("keysat.buyer").Waits);
        Assert.Equal(new Kept.For(90), Office.Streams.Find("keysat.buyer").Kept);
    }

    [Fact]
    public async Task Loses_no_change_when_two_are_made_at_once()
    {
        await Task.WhenAll(
            ChangeAsync("api", settings => settings with { Attempts = 2 }),
            ChangeAsync("api", settings => settings with { Kept = new Kept.For(3) }),
            ChangeAsync("api", settings => settings with { Jitter = 0.5 }));

        var elsewhere = Office.NewStreams();
        await elsewhere.LoadAsync(None);
        var policy = elsewhere.Find("api");
        Assert.Equal((2, new Kept.For(3), 0.5), (policy.Attempts, policy.Kept, policy.Jitter));
    }

    [Fact]
    public async Task Passes_over_what_this_program_does_not_know_or_allow()
    {
        await InsertAsync("book.that-is-off", attempts: 2);
        await InsertAsync("racketbook.receipts", attempts: 3);

        await Office.Streams.LoadAsync(None);

        Assert.Null(Office.Streams.TryFind("book.that-is-off"));
        Assert.Equal(1, Office.Streams.Find("racketbook.receipts").Attempts);
    }

    [Fact]
    public async Task Knows_no_other_stream() =>
        Assert.IsType<StreamChange.Unknown>(await Office.Streams.ChangeAsync("newsletter", _ => new(), None));

    public static TheoryData<string, string, StreamSettings> Wrong => new()
    {
        { "api", "between 1 and 20 attempts, not 0", new() { Attempts = 0 } },
        { "api", "between 1 and 20 attempts, not 21", new() { Attempts = 21 } },
        { "api", "at most 19 waits", new() { Waits = [.. Enumerable.Repeat(TimeSpan.FromSeconds(1), 20)] } },
        { "api", "between 0 seconds and 7 days", new() { Waits = [TimeSpan.FromSeconds(-1)] } },
        { "api", "between 0 seconds and 7 days", new() { Waits = [TimeSpan.FromDays(8)] } },
        { "api", "between 0 and 0.9", new() { Jitter = 1 } },
        { "api", "between 0 and 0.9", new() { Jitter = double.NaN } },
        { "api", "between 1 and 36500 days", new() { Kept = new Kept.For(0) } },
        { "racketbook.receipts", "has one attempt", new() { Waits = [TimeSpan.FromSeconds(1)] } },
        { "racketbook.receipts", "has one attempt", new() { Attempts = 2 } },
        { "keysat.operator", "cannot offer to unsubscribe", new() { OffersUnsubscribe = true } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Is_refused_with_a_sentence_and_changes_nothing(string stream, string sentence, StreamSettings settings)
    {
        var before = Office.Streams.Find(stream);

        var refused = Assert.IsType<StreamChange.Refused>(await Office.Streams.ChangeAsync(stream, _ => settings, None));

        Assert.Contains(sentence, refused.Problem, StringComparison.Ordinal);
        await Office.Streams.LoadAsync(None);
        Assert.Equal(before.Waits, Office.Streams.Find(stream).Waits);
    }

    async Task ChangeAsync(string stream, Func<StreamSettings, StreamSettings> change) =>
        Assert.IsType<StreamChange.Changed>(await Office.Streams.ChangeAsync(stream, change, None));

    Task InsertAsync(string name, int attempts) => Database.WriteAsync(
        "spec",
        session => session.ExecuteAsync(
            "INSERT INTO streams (name, attempts, changed_at) VALUES ($1, $2, $3)",
            p => p.Text(name).Number(attempts).Instant(Noon.Instant), None),
        None);
}
