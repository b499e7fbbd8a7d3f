using Waybill.Engine.Accepting;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Routing;
using Waybill.Engine.Specs.Databases;
using Waybill.Mime.Addresses;
using Xunit;

namespace Waybill.Engine.Specs.Accepting;

public sealed class Taking_messages_in_on_Sqlite() : Taking_messages_in(Provider.Sqlite);

public sealed class Taking_messages_in_on_Postgres() : Taking_messages_in(Provider.Postgres);

public abstract class Taking_messages_in(Provider provider) : DatabaseContract(provider)
{
    static readonly string[] Tables = ["messages", "snapshots", "recipients", "attachments", "outbox", "timeline", "idempotency_keys"];

    [Fact]
    public async Task Keeps_all_that_was_asked_for()
    {
        var id = await Office.AcceptAsync(Full());

        var record = await Office.FindAsync(id);
        Assert.Equal(("Corner Shop <shop@example.com>", "Your order", "api"), (record.Sender, record.Subject, record.Stream));
        Assert.Equal(["ada@example.org", "bob@example.org", "eve@example.org"], record.Recipients.Select(recipient => recipient.Address));
        Assert.Equal([RecipientKind.To, RecipientKind.Cc, RecipientKind.Bcc], record.Recipients.Select(recipient => recipient.Kind));
        Assert.Equal(["help@example.com"], record.ReplyTo);
        Assert.Equal([new Tag("order", "7")], record.Tags);
        Assert.Equal($"<{id}@example.com>", record.HeaderId);
        Assert.Equal((MessageStatus.Queued, Noon.Instant), (record.Status, record.AcceptedAt));
    }

    [Fact]
    public async Task Takes_a_whole_batch_or_nothing_of_it()
    {
        var good = Letter.To("ada@example.org");
        var bad = good with { Recipients = [.. good.Recipients, .. good.Recipients] };

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => PostAsync([good, bad, good]));
        Assert.All(await RowsAsync(), rows => Assert.Equal(0, rows));

        Assert.Equal(3, (await Office.AcceptAsync([good, good, good])).Distinct().Count());
        Assert.Equal(3, await Office.NumberAsync("SELECT count(*) FROM outbox"));
    }

    [Fact]
    public async Task Lets_a_bad_request_fail_alone_among_those_it_was_written_with()
    {
        var good = Letter.To("ada@example.org");
        var bad = good with { Recipients = [.. good.Recipients, .. good.Recipients] };

        var posts = Enumerable.Range(0, 60).Select(i => PostAsync([i % 5 == 0 ? bad : good])).ToArray();

        for (var i = 0; i < posts.Length; i++)
        {
            if (i % 5 == 0) await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => posts[i]);
            else Assert.IsType<Acceptance.Accepted>(await posts[i]);
        }

        Assert.Equal(48, await Office.NumberAsync("SELECT count(*) FROM messages"));
    }

    [Fact]
    public async Task Leaves_all_rows_or_none_whichever_call_to_the_database_fails()
    {
        var faults = new FailingDatabase(Database);
        await using var acceptor = Office.NewAcceptor(faults);
        var failed = 0;
        for (var n = 1; ; n++)
        {
            faults.FailAt(n);
            var before = await RowsAsync();
            var failure = await Record.ExceptionAsync(() => acceptor.AcceptAsync(
                Office.Tenant, Office.Key, [Full(), Full()], new IdempotencyKey($"key {n}", new byte[32]), _ => "{}"));
            var added = (await RowsAsync()).Zip(before, (now, then) => now - then).ToArray();

            if (failure is null)
            {
                Assert.Equal([2, 2, 6, 2, 2, 2, 1], added);
                break;
            }

            failed++;
            Assert.All(added, rows => Assert.Equal(0, rows));
        }

        Assert.True(failed >= Tables.Length, $"only {failed} calls were made to fail");
    }

    [Fact]
    public async Task Wakes_those_who_deliver()
    {
        await Office.AcceptAsync();

        Assert.True(Office.Wakeup.WaitAsync(TimeSpan.FromHours(1), Office.Clock, None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Hashes_the_very_instant_that_the_database_keeps()
    {
        Office.Clock.Advance(TimeSpan.FromTicks(12_345_678));

        var accepted = new AcceptedMessage(Office.Tenant, Letter.To("ada@example.org"), Streams.Api, Office.Clock);
        var record = await Office.FindAsync(await Office.AcceptAsync());

        Assert.Equal(accepted.AcceptedAt, record.AcceptedAt);
    }

    [Fact]
    public async Task Fixes_each_row_with_a_hash_of_its_own()
    {
        await Office.AcceptAsync([Letter.To("ada@example.org"), Letter.To("ada@example.org")]);

        Assert.Equal(2, await Office.NumberAsync("SELECT count(DISTINCT row_hash) FROM messages"));
    }

    NewMessage Full() => Letter.To("ada@example.org") with
    {
        Recipients =
        [
            new Recipient(0, RecipientKind.To, Mailbox.Parse("Ada <ada@example.org>")),
            new Recipient(1, RecipientKind.Cc, Mailbox.Parse("bob@example.org")),
            new Recipient(2, RecipientKind.Bcc, Mailbox.Parse("eve@example.org")),
        ],
        ReplyTo = [Mailbox.Parse("help@example.com")],
        Tags = [new Tag("order", "7")],
        Attachments = [new NewAttachment("a.txt", "text/plain", ContentId: null, new byte[32], Size: 3)],
    };

    Task<Acceptance> PostAsync(IReadOnlyList<NewMessage> messages) =>
        Office.Acceptor.AcceptAsync(Office.Tenant, Office.Key, messages, key: null, _ => "{}");

    async Task<long[]> RowsAsync()
    {
        var rows = new long[Tables.Length];
        for (var i = 0; i < rows.Length; i++) rows[i] = await Office.NumberAsync("SELECT count(*) FROM " + Tables[i]);
        return rows;
    }
}
