using Waybill.Testing.Smtp;

namespace Waybill.Server.Specs.Kills;

/// <summary>The judge is judged first: each way to break the promise is found when it is put into an honest run.</summary>
public class Judging_a_run_of_kills
{
    const string Id = "019aa000-0000-7000-8000-000000000001";
    const string OtherId = "019aa000-0000-7000-8000-000000000002";
    const string HeaderId = $"<{Id}@example.com>";
    static readonly Life Killed = new("life-1", 11, WasKilled: true);
    static readonly Life Last = new("life-2", 12, WasKilled: false);
    static readonly KeptMessage Sent = new(Id, "1", "sent", HeaderId, "aa");
    static readonly BookedMessage First = new(HeaderId, "1", "aa", Killed.Name);
    static readonly BookedMessage Second = First with { Client = Last.Name };
    static readonly KeptAttempt InDoubt = new(Id, Killed.Pid, "unknown");
    static readonly KeptAttempt Certain = new(Id, Last.Pid, "accepted");

    /// <summary>Number 1 was in flight when its first life was killed, and the second sent it again.</summary>
    static readonly KillReport Honest = new(
        new Dictionary<int, string> { [1] = Id },
        [First, Second],
        new Kept([Sent], [InDoubt, Certain], Waiting: 0, Burnt: 0),
        [Killed, Last]);

    [Fact]
    public void Allows_what_was_in_flight_to_be_repeated()
    {
        Assert.Empty(Verdict.On(Honest));
        Assert.Equal((1, 1, 1), (Honest.Kills, Honest.Duplicates, Honest.Recoveries));
    }

    [Fact]
    public void Finds_what_was_acknowledged_and_is_not_there() =>
        AssertFinds("Lost", Honest with { Acknowledged = new Dictionary<int, string> { [1] = Id, [2] = OtherId } });

    [Fact]
    public void Finds_what_is_sent_and_never_reached_the_relay() => AssertFinds("Lost", Honest with { Booked = [] });

    [Fact]
    public void Finds_what_nobody_posted() =>
        AssertFinds("Phantom", Honest with { Kept = Honest.Kept with { Messages = [Sent, Sent with { Subject = "7" }] } });

    [Fact]
    public void Finds_mail_at_the_relay_that_no_journal_knows() =>
        AssertFinds("Phantom", Honest with { Booked = [First, Second, First with { MessageId = "<other@example.com>" }] });

    [Fact]
    public void Finds_a_posting_that_became_two_messages() =>
        AssertFinds("Twice", Honest with { Kept = Honest.Kept with { Messages = [Sent, Sent with { Id = OtherId }] } });

    [Theory]
    [InlineData("queued")]
    [InlineData("sending")]
    public void Finds_what_never_came_to_an_end(string status) =>
        AssertFinds("Unfinished", Honest with { Kept = Honest.Kept with { Messages = [Sent with { Status = status }] } });

    [Fact]
    public void Finds_bytes_that_changed() => AssertFinds("Changed", Honest with { Booked = [First, Second with { Hash = "bb" }] });

    [Fact]
    public void Finds_a_message_that_went_out_twice_in_one_life() =>
        AssertFinds("Repeated", Honest with { Booked = [First, Second, Second] });

    [Fact]
    public void Finds_a_message_that_went_out_again_though_the_answer_was_on_record() =>
        AssertFinds("Repeated", Honest with { Kept = Honest.Kept with { Attempts = [InDoubt with { Outcome = "accepted" }, Certain] } });

    [Fact]
    public void Finds_a_repetition_that_was_not_in_flight_at_the_kill() =>
        AssertFinds("Unaccounted", Honest with { Kept = Honest.Kept with { Attempts = [Certain] } });

    [Fact]
    public void Finds_an_acceptance_that_never_was() => AssertFinds("Invented", Honest with { Booked = [First] });

    [Fact]
    public void Finds_doubt_that_no_kill_explains() =>
        AssertFinds("Doubt", Honest with { Lives = [Killed with { WasKilled = false }, Last] });

    [Fact]
    public void Finds_more_doubt_than_was_under_way() =>
        AssertFinds("Doubt", Honest with { Kept = Honest.Kept with { Attempts = [.. Enumerable.Repeat(InDoubt, 33), Certain] } });

    [Fact]
    public void Finds_what_is_left_in_the_outbox() => AssertFinds("outbox", Honest with { Kept = Honest.Kept with { Waiting = 1 } });

    static void AssertFinds(string word, KillReport report) =>
        Assert.Contains(Verdict.On(report), sentence => sentence.Contains(word, StringComparison.Ordinal));
}
