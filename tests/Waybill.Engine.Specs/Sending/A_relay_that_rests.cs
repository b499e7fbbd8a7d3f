using System.Text;
using Waybill.Engine.Audit;
using Waybill.Engine.Interventions;
using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;
using Waybill.Engine.Specs.Databases;
using Waybill.Mime.Addresses;
using Waybill.Smtp;
using Waybill.Testing;
using Waybill.Testing.Smtp;
using Xunit;

namespace Waybill.Engine.Specs.Sending;

public sealed class A_relay_that_rests() : DatabaseContract(Provider.Sqlite)
{
    const string Hello = "S: 220 mx\nC: EHLO post.example\nS: 250 mx\n";

    Courier Courier => field ??= new(Office);

    [Fact]
    public async Task Is_one_that_was_not_reached_three_times()
    {
        Courier.Transport.ThenUnreached(3);
        await Office.AcceptManyAsync(4);

        await Courier.DeliverDueAsync();

        Assert.False(Courier.Relay.IsTrusted);
        Assert.Equal(3, Courier.Transport.Handed.Count);
    }

    [Fact]
    public async Task Is_not_one_that_drops_the_link_on_a_tenants_mail()
    {
        var other = await Office.TenantAsync("other");
        for (var i = 0; i < 3; i++)
            Courier.Transport.Then(new AttemptOutcome.Deferred("cut while naming the sender") { Cause = Deferral.Network });
        for (var i = 0; i < 3; i++) Courier.Transport.Then(new AttemptOutcome.Unknown("cut after the final dot"));
        for (var i = 0; i < 3; i++) Courier.Transport.ThenThrow(new InvalidOperationException("it broke"));
        for (var i = 0; i < 9; i++) await Office.AcceptAsync(Letter.To("eve@example.org") with { Stream = "kyora.account" }, other);
        await Courier.DeliverDueAsync();
        Assert.Equal(9, Courier.Transport.Handed.Count);

        var message = await Office.AcceptAsync();
        await Courier.DeliverDueAsync();

        Assert.Equal(MessageStatus.Sent, (await Office.FindAsync(message)).Status);
    }

    [Fact]
    public async Task Is_tried_with_what_a_person_retries()
    {
        Courier.Transport.Then(new AttemptOutcome.Refused("550 no")).ThenUnreached(3);
        var refused = await Office.AcceptAsync();
        await Courier.DeliverDueAsync();
        await Office.AcceptManyAsync(4);
        await Courier.DeliverDueAsync();
        Assert.False(Courier.Relay.IsTrusted);
        var desk = new MessageDesk(
            Database, Office.Intake, new AuditTrail(Database, Office.Master, Office.Clock), Office.Wakeup, Office.Clock);

        await desk.DoAsync(Intervention.Retry, Office.Tenant, refused, new(null, "kim@example.org", "192.0.2.1"), None);
        await Courier.DeliverDueAsync();

        Assert.Equal(5, Courier.Transport.Handed.Count);
        Assert.Equal(MessageStatus.Sent, (await Office.FindAsync(refused)).Status);
    }

    [Fact]
    public async Task Is_trusted_again_as_soon_as_it_waits_for_the_content_of_the_one_that_tries_it()
    {
        var answer = new TaskCompletionSource();
        Courier.Transport.ThenUnreached(3).Then(async (parcel, _) =>
        {
            parcel.Reached();
            await answer.Task;
            return ScriptedTransport.Report(parcel, new AttemptOutcome.Accepted("250 ok"));
        });
        await Office.AcceptManyAsync(4);
        await Courier.DeliverDueAsync();
        Office.Clock.Advance(Breaker.Longest);
        var delivering = Courier.DeliverDueAsync();

        await Eventually.IsTrueAsync("the relay to be trusted", () => Task.FromResult(Courier.Relay.IsTrusted));

        Assert.False(delivering.IsCompleted);
        answer.SetResult();
        await delivering;
        Assert.Equal(4, await Office.NumberAsync("SELECT count(*) FROM messages WHERE status = 'sent'"));
    }

    [Theory]
    [InlineData("", false, false)]
    [InlineData("S: 220 mx\n", false, false)]
    [InlineData("S: 421 busy\n", true, false)]
    [InlineData(Hello, true, false)]
    [InlineData(Hello + "C: MAIL FROM:<shop@example.com>\nS: 250 ok\nC: RCPT TO:<ada@example.org>\nS: 250 ok\nC: DATA\n", true, false)]
    [InlineData(Hello
        + "C: MAIL FROM:<shop@example.com>\nS: 250 ok\nC: RCPT TO:<ada@example.org>\nS: 250 ok\nC: DATA\nS: 354 go\nX: drop\n", true, true)]
    public async Task Is_told_by_how_far_the_dialogue_came(string script, bool isReached, bool isToldAtOnce)
    {
        await using var peer = ScriptedRelay.Start(script);
        await using var transport = Smtp(peer);

        var isTold = false;
        var report = await transport.HandOverAsync(Parcel with { Reached = () => isTold = true }, None);

        Assert.Equal(isReached ? null : report.Outcomes[0].Reply, report.Unreached);
        Assert.Equal(isToldAtOnce, isTold);
    }

    static Parcel Parcel => new(
        Address.Parse("shop@example.com"), [(0, Address.Parse("ada@example.org"))],
        MessageContent.FromMemory(Encoding.ASCII.GetBytes("Subject: hi\r\n\r\nhi\r\n")));

    SmtpTransport Smtp(ScriptedRelay peer) => new(
        new RelayEndpoint { Host = "127.0.0.1", Port = peer.Port, Security = RelaySecurity.None, HeloName = "post.example" },
        new SessionPoolLimits(), Office.Clock);
}
