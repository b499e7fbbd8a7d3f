using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Sending;

public sealed class Delivering_a_message() : DatabaseContract(Provider.Sqlite)
{
    static readonly AttemptOutcome Accepted = new AttemptOutcome.Accepted("250 ok");
    static readonly AttemptOutcome Deferred = new AttemptOutcome.Deferred("450 later");
    static readonly AttemptOutcome Refused = new AttemptOutcome.Refused("550 no such user");
    static readonly AttemptOutcome Unknown = new AttemptOutcome.Unknown("no reply to the final dot");

    Courier Courier => field ??= new(Office);

    [Fact]
    public async Task Tries_the_deferred_alone_again_with_the_same_bytes_and_never_the_refused()
    {
        Courier.Transport.Then(Accepted, Deferred, Refused).Then(Deferred);
        var message = await Office.AcceptAsync(Letter.To("ada@example.org", "bob@example.org", "eve@example.org"));

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await Courier.DeliverDueAsync();
            Office.Clock.Advance(TimeSpan.FromHours(1));
        }

        var handed = Courier.Transport.Handed;
        Assert.Equal(["ada@example.org", "bob@example.org", "eve@example.org"], handed[0].Recipients);
        Assert.Equal([["bob@example.org"], ["bob@example.org"]], handed.Skip(1).Select(one => one.Recipients));
        Assert.Single(handed.Select(one => Convert.ToHexString(SHA256.HashData(one.Bytes))).Distinct());
        Assert.Contains((await Office.FindAsync(message)).HeaderId, Encoding.UTF8.GetString(handed[0].Bytes), StringComparison.Ordinal);
        var record = await Office.FindAsync(message);
        Assert.Equal(MessageStatus.Sent, record.Status);
        Assert.Equal(["accepted", "accepted", "refused"], record.Recipients.Select(recipient => recipient.Status));
        Assert.Equal(0, await Courier.DeliverDueAsync());
    }

    [Fact]
    public async Task Keeps_the_hash_of_the_bytes_that_went_out()
    {
        var message = await Office.AcceptAsync();

        await Courier.DeliverDueAsync();

        var snapshot = (await Office.Journal.FindSnapshotAsync(Office.Tenant, message, None))!;
        Assert.Equal(SHA256.HashData(Assert.Single(Courier.Transport.Handed).Bytes), snapshot.BytesHash);
        Assert.Equal(Courier.Transport.Handed[0].Bytes.Length, snapshot.BytesSize);
    }

    [Fact]
    public async Task Tries_again_under_the_same_Message_ID_when_nobody_knows_whether_it_arrived()
    {
        Courier.Transport.Then(Unknown);
        var message = await Office.AcceptAsync();

        await Courier.DeliverDueAsync();
        var record = await Office.FindAsync(message);
        Assert.Equal((MessageStatus.Queued, "unknown"), (record.Status, record.Recipients[0].Status));
        Office.Clock.Advance(TimeSpan.FromMinutes(1));
        await Courier.DeliverDueAsync();

        Assert.Equal(Courier.Transport.Handed[0].Bytes, Courier.Transport.Handed[1].Bytes);
        Assert.Equal(MessageStatus.Sent, (await Office.FindAsync(message)).Status);
    }

    [Fact]
    public async Task Holds_for_a_person_what_is_unknown_in_a_stream_that_says_so()
    {
        Courier.Transport.Then(Unknown);
        var message = await Office.AcceptAsync(Letter.To("ada@example.org") with { Stream = Streams.Tests.Name });

        await Courier.DeliverDueAsync();
        Office.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(0, await Courier.DeliverDueAsync());
        var record = await Office.FindAsync(message);
        Assert.Equal((MessageStatus.Held, Unknown.Reply), (record.Status, record.Reason));
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(ObjectDisposedException))]
    public async Task Takes_the_outcome_for_unknown_when_a_transport_throws(Type defect)
    {
        Courier.Transport.ThenThrow((Exception)Activator.CreateInstance(defect, "it broke")!);
        var message = await Office.AcceptAsync();

        await Courier.DeliverDueAsync();

        var attempt = Assert.Single(await Office.Journal.AttemptsAsync(Office.Tenant, message, None));
        Assert.Equal("unknown", attempt.Outcome);
        Assert.Contains("it broke", attempt.Reply, StringComparison.Ordinal);
        Office.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await Office.ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task Fails_with_the_reason_what_cannot_be_composed()
    {
        var message = await Office.AcceptAsync(Letter.To("ada@example.org", "bob@example.org") with
        {
            Attachments = [new NewAttachment("lost.pdf", "application/pdf", ContentId: null, new byte[32], Size: 3)],
        });

        await Courier.DeliverDueAsync();

        var record = await Office.FindAsync(message);
        Assert.Empty(Courier.Transport.Handed);
        Assert.Equal(MessageStatus.Failed, record.Status);
        Assert.Contains("\"lost.pdf\"", record.Reason, StringComparison.Ordinal);
        Assert.All(record.Recipients, recipient => Assert.Equal("refused", recipient.Status));
        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM outbox"));
    }

    [Fact]
    public async Task Hands_nothing_over_under_a_claim_that_was_lost()
    {
        await Office.AcceptAsync();
        var work = Assert.Single(await Courier.LoadAsync([await Office.ClaimOneAsync()]));
        await Office.Outbox.HandBackAsync(work.Claim, TimeSpan.Zero, None);

        await Courier.Delivery.DeliverAsync(work, None);

        Assert.Empty(Courier.Transport.Handed);
        Assert.Equal(1, (await Office.ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task Lets_the_stream_decide_about_an_attempt_that_a_crash_left_open()
    {
        var message = await Office.AcceptAsync();
        await Office.BeginOneAsync();
        var next = Office.Node("the next process");
        var lost = await next.SweepAsync(everyOther: true, None);

        await Courier.Delivery.SettleLostAsync(Assert.Single(await Courier.LoadAsync(lost)));

        Assert.Equal(MessageStatus.Queued, (await Office.FindAsync(message)).Status);
        Assert.Equal("unknown", Assert.Single(await Office.Journal.AttemptsAsync(Office.Tenant, message, None)).Outcome);
        Office.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await Office.ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task Gives_up_after_the_last_attempt_with_the_last_reply()
    {
        for (var i = 0; i < 9; i++) Courier.Transport.Then(Deferred);
        var message = await Office.AcceptAsync();

        for (var attempt = 1; attempt <= 9; attempt++)
        {
            Assert.Equal(1, await Courier.DeliverDueAsync());
            Office.Clock.Advance(TimeSpan.FromHours(10));
        }

        Assert.Equal(0, await Courier.DeliverDueAsync());
        var record = await Office.FindAsync(message);
        Assert.Equal((MessageStatus.Failed, Deferred.Reply), (record.Status, record.Reason));
    }
}
