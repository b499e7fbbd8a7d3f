using System.Reflection;
using Waybill.Engine.Messages;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;
using Xunit;

namespace Waybill.Engine.Specs.Retrying;

public class Deciding_after_an_attempt
{
    const string Accepted = nameof(AttemptOutcome.Accepted);
    const string Deferred = nameof(AttemptOutcome.Deferred);
    const string Refused = nameof(AttemptOutcome.Refused);
    const string Unknown = nameof(AttemptOutcome.Unknown);

    static readonly StreamPolicy Retries = new("retries", [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(100)], Jitter: 0.5, OnUnknown.Retry);
    static readonly StreamPolicy Holds = Retries with { OnUnknown = OnUnknown.Hold };

    [Theory]
    [InlineData(1, Accepted, "sent")]
    [InlineData(1, Refused, "failed")]
    [InlineData(1, Deferred, "again in 10")]
    [InlineData(2, Deferred, "again in 100")]
    [InlineData(3, Deferred, "failed")]
    [InlineData(1, Unknown, "again in 10")]
    [InlineData(2, Unknown, "again in 100")]
    [InlineData(3, Unknown, "held")]
    [InlineData(1, Accepted + " " + Refused, "sent")]
    [InlineData(1, Refused + " " + Refused, "failed")]
    [InlineData(1, Accepted + " " + Deferred, "again in 10")]
    [InlineData(1, Refused + " " + Deferred, "again in 10")]
    [InlineData(3, Accepted + " " + Deferred, "sent")]
    [InlineData(3, Refused + " " + Deferred, "failed")]
    [InlineData(1, Accepted + " " + Unknown, "again in 10")]
    [InlineData(3, Accepted + " " + Unknown, "held")]
    [InlineData(2, Deferred + " " + Unknown + " " + Refused, "again in 100")]
    public void Follows_the_gravest_outcome(int attempt, string outcomes, string expected) =>
        Assert.Equal(expected, InWords(RetryPolicy.Decide(Retries, attempt, Of(outcomes), chance: 0.5)));

    [Theory]
    [InlineData(1, Unknown, "held")]
    [InlineData(3, Unknown, "held")]
    [InlineData(1, Accepted + " " + Unknown, "held")]
    [InlineData(1, Deferred + " " + Unknown, "held")]
    [InlineData(1, Deferred, "again in 10")]
    [InlineData(1, Accepted, "sent")]
    public void Holds_what_is_unknown_where_a_duplicate_is_the_greater_evil(int attempt, string outcomes, string expected) =>
        Assert.Equal(expected, InWords(RetryPolicy.Decide(Holds, attempt, Of(outcomes), chance: 0.5)));

    [Theory]
    [InlineData(1, "again in 10")]
    [InlineData(3, "held")]
    public void Tries_again_even_there_what_the_relay_would_know_for_a_repetition(int attempt, string expected) => Assert.Equal(
        expected, InWords(RetryPolicy.Decide(Holds, attempt, [new AttemptOutcome.Unknown("?") { IsSafeToRepeat = true }], chance: 0.5)));

    [Theory]
    [InlineData(60, "again in 60")]
    [InlineData(5, "again in 10")]
    public void Waits_at_least_as_long_as_the_relay_asks(int seconds, string expected) => Assert.Equal(
        expected,
        InWords(RetryPolicy.Decide(Retries, 1, [Asking(1), Asking(seconds), new AttemptOutcome.Unknown("?")], chance: 0.5)));

    [Fact]
    public void Gives_the_reply_of_the_gravest_outcome_as_the_reason() =>
        Assert.Equal("the reply to Deferred", RetryPolicy.Decide(Retries, 1, Of(Accepted + " " + Deferred + " " + Refused), 0.5).Reason);

    [Fact]
    public void Has_a_rule_for_every_outcome_and_a_word()
    {
        foreach (var outcome in Cases<AttemptOutcome>().Select(Make))
        {
            Assert.NotNull(RetryPolicy.Decide(Retries, 1, [outcome], 0.5));
            Assert.NotEmpty(outcome.Word);
        }
    }

    [Fact]
    public void Comes_to_every_disposition_that_there_is()
    {
        var met = new[] { Accepted, Refused, Deferred, Unknown }.Select(outcome => RetryPolicy.Decide(Retries, 1, Of(outcome), 0.5).GetType());

        Assert.Equal(Cases<Disposition>().ToHashSet(), met.ToHashSet());
    }

    [Fact]
    public void Says_of_a_sent_message_how_many_went_without_it() => Assert.Equal(
        "1 of 2 recipients without it: the reply to Refused", RetryPolicy.Decide(Retries, 1, Of(Accepted + " " + Refused), 0.5).Reason);

    [Fact]
    public void Refuses_a_message_without_recipients() =>
        Assert.Throws<ArgumentException>(() => RetryPolicy.Decide(Retries, 1, [], 0.5));

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 2 * 60)]
    [InlineData(3, 10 * 60)]
    [InlineData(4, 30 * 60)]
    [InlineData(5, 60 * 60)]
    [InlineData(6, 2 * 60 * 60)]
    [InlineData(7, 4 * 60 * 60)]
    [InlineData(8, 8 * 60 * 60)]
    public void Waits_for_the_api_from_30_seconds_to_8_hours_give_or_take_a_fifth(int attempt, double seconds)
    {
        Assert.Equal(seconds * 0.8, RetryPolicy.WaitAfter(Streams.Api, attempt, 0).TotalSeconds, 0.001);
        Assert.Equal(seconds, RetryPolicy.WaitAfter(Streams.Api, attempt, 0.5).TotalSeconds, 0.001);
        Assert.Equal(seconds * 1.2, RetryPolicy.WaitAfter(Streams.Api, attempt, 1).TotalSeconds, 0.001);
    }

    [Fact]
    public void Spreads_the_waits_evenly()
    {
        var random = new Random(1);
        var waits = Enumerable.Range(0, 10_000).Select(_ => RetryPolicy.WaitAfter(Streams.Api, 1, random.NextDouble()).TotalSeconds).ToArray();

        Assert.InRange(waits.Min(), 24, 24.1);
        Assert.InRange(waits.Max(), 35.9, 36);
        Assert.InRange(waits.Average(), 29.8, 30.2);
    }

    [Theory]
    [InlineData(8, "again in 28800")]
    [InlineData(9, "failed")]
    public void Gives_up_for_the_api_after_nine_attempts(int attempt, string expected) =>
        Assert.Equal(expected, InWords(RetryPolicy.Decide(Streams.Api, attempt, Of(Deferred), 0.5)));

    static AttemptOutcome.Deferred Asking(int seconds) => new("busy") { Wait = TimeSpan.FromSeconds(seconds) };

    static IReadOnlyCollection<AttemptOutcome> Of(string outcomes) =>
        [.. outcomes.Split(' ').Select(word => Make(Cases<AttemptOutcome>().Single(type => type.Name == word)))];

    static AttemptOutcome Make(Type outcome) => (AttemptOutcome)Activator.CreateInstance(outcome, "the reply to " + outcome.Name)!;

    static IEnumerable<Type> Cases<T>() => typeof(T).GetNestedTypes(BindingFlags.Public).Where(type => type.IsSubclassOf(typeof(T)));

    static string InWords(Disposition disposition) => disposition switch
    {
        Disposition.Settled(var status, _) => status.Word(),
        Disposition.RetryAfter(var wait, _) => FormattableString.Invariant($"again in {wait.TotalSeconds:0}"),
        _ => throw new InvalidOperationException($"No words for {disposition.GetType().Name}."),
    };
}
