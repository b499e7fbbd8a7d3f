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

    static readonly StreamPolicy Retries = new()
    {
        Name = "retries",
        Waits = [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(100)],
        Jitter = 0.5
    };
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
        var met =
            new[] { Accepted, Refused, Deferred, Unknown }.Select(outcome => RetryPolicy.Decide(Retries, 1, Of(outcome), 0.5).GetType());

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
        var waits = Enumerable.Range(0, 10_000).Select(_ => RetryPolicy.WaitAfter(Streams.Api, 1, random.NextDouble()).TotalSeconds)
            .ToArray();

        Assert.InRange(waits.Min(), 24, 24.1);
        Assert.InRange(waits.Max(), 35.9, 36);
        Assert.InRange(waits.Average(), 29.8, 30.2);
    }

    [Theory]
    [InlineData(8, "again in 28800")]
    [InlineData(9, "failed")]
    public void Gives_up_for_the_api_after_nine_attempts(int attempt, string expected) =>
        Assert.Equal(expected, InWords(RetryPolicy.Decide(Streams.Api, attempt, Of(Deferred), 0.5)));

    [Theory]
    [InlineData("keysat", Deferral.Network, "again in 10")]
    [InlineData("keysat", Deferral.TemporaryReply, "again in 10")]
    [InlineData("keysat", Deferral.RateLimit, "again in 10")]
    [InlineData("keysat", Deferral.ServerError, "failed")]
    [InlineData("keysat", Deferral.RouteRefused, "failed")]
    [InlineData("kyora", Deferral.Network, "again in 10")]
    [InlineData("kyora", Deferral.RateLimit, "again in 10")]
    [InlineData("kyora", Deferral.ServerError, "again in 10")]
    [InlineData("kyora", Deferral.RouteRefused, "failed")]
    public void Tries_again_only_after_what_the_stream_names(string book, Deferral cause, string expected)
    {
        var policy = (book == "keysat" ? Keysat.KeysatBook.Buyer : Kyora.KyoraBook.Account) with { Waits = Retries.Waits };

        Assert.Equal(expected, InWords(RetryPolicy.Decide(policy, 1, [new AttemptOutcome.Deferred("no") { Cause = cause }], 0.5)));
    }

    [Fact]
    public void Lets_a_recipient_whom_it_gives_up_not_keep_another_from_being_tried_again() =>
        Assert.Equal("again in 10", InWords(RetryPolicy.Decide(
        Retries with { RetriedAfter = Deferral.Network },
        1,
        [new AttemptOutcome.Deferred("450") { Cause = Deferral.TemporaryReply },
            new AttemptOutcome.Deferred("cut") { Cause = Deferral.Network }],
        0.5)));

    [Theory]
    [InlineData(true, 60, "again in 60")]
    [InlineData(true, 5, "again in 10")]
    [InlineData(true, 1_000_000, "again in 86400")]
    [InlineData(false, 60, "again in 10")]
    public void Rests_as_long_as_the_relay_asks_where_the_stream_honours_it(
        bool honours, int asked, string expected) => Assert.Equal(expected, InWords(RetryPolicy.Decide(
        Retries with { HonoursRetryAfter = honours }, 1, [new AttemptOutcome.Deferred("429") { RetryAfter = TimeSpan.FromSeconds(asked) }],
        0.5)));

    [Theory]
    [InlineData(1, Deferral.Network, "again in 0")]
    [InlineData(2, Deferral.Network, "failed")]
    [InlineData(1, Deferral.TemporaryReply, "failed")]
    public void Tries_once_more_where_the_relay_was_not_reached_and_the_flag_is_set(int attempt, Deferral cause, string expected)
    {
        var once = new StreamPolicy { Name = "once", RetryOnceOnConnectionFault = true };
        AttemptOutcome[] outcomes = [new AttemptOutcome.Deferred("no") { Cause = cause }];

        Assert.Equal(expected, InWords(RetryPolicy.Decide(once, attempt, outcomes, 0.5)));
        Assert.Equal("failed", InWords(RetryPolicy.Decide(once with { RetryOnceOnConnectionFault = false }, attempt, outcomes, 0.5)));
    }

    [Fact]
    public void Says_first_in_the_reason_that_the_outcome_is_unknown_where_a_book_files_it_as_failed() => Assert.Equal(
        new Disposition.Settled(MessageStatus.Held, "OutcomeUnknown: the reply to Unknown"),
        RetryPolicy.Decide(Retries with { OnUnknown = OnUnknown.HoldAsFailed }, 1, Of(Unknown), 0.5));

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
