using Waybill.Engine.Audit;
using Waybill.Engine.Secrets;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Accounts;

public sealed class The_chain_of_the_audit_on_Sqlite() : The_chain_of_the_audit(Provider.Sqlite);

public sealed class The_chain_of_the_audit_on_Postgres() : The_chain_of_the_audit(Provider.Postgres);

public abstract class The_chain_of_the_audit(Provider provider) : DatabaseContract(provider)
{
    AuditTrail audit = null!;
    AuditCheck check = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (audit, check) = (new(Database, Office.Master, Office.Clock), new(Database, Office.Master));
    }

    [Fact]
    public async Task Holds_while_nobody_meddles_with_it()
    {
        Assert.Equal(
            (true, 0L, (AuditEnd?)null), await check.VerifyAsync(None) is var none ? (none.Holds, none.Chained, none.End) : default);
        await AppendAsync(5);

        var proof = await check.VerifyAsync(None);

        Assert.Equal((true, 5L, 5L), (proof.Holds, proof.Chained, proof.End!.Number));
    }

    [Theory]
    [InlineData("act = 'people.remove'")]
    [InlineData("what = 'something else'")]
    [InlineData("who = 'eve@example.org'")]
    [InlineData("address = '198.51.100.9'")]
    [InlineData("outcome = 'refused'")]
    [InlineData("person_id = id")]
    [InlineData("tenant_id = id")]
    [InlineData("salt = row_hash")]
    [InlineData("row_hash = salt")]
    public async Task Names_a_row_that_was_edited(string edit)
    {
        await AppendAsync(5);

        await MeddleAsync($"UPDATE audit SET {edit} WHERE number = 3");

        Assert.Equal([new AuditBreak.Altered(3, await IdAsync(3))], await BreaksAsync());
    }

    [Fact]
    public async Task Names_a_row_that_was_edited_and_given_another_hash_and_the_one_behind_it()
    {
        await AppendAsync(5);
        var other = new AuditChain(DataKeys.FromMaster(MasterKey.Parse(Convert.ToBase64String(new byte[32]))));
        var entry = (await EntriesAsync()).Find(one => one.What == "3")! with { What = "forged" };

        await Database.WriteAsync(
            "forge",
            session => session.ExecuteAsync(
                "UPDATE audit SET what = $1, row_hash = $2 WHERE number = 3",
                p => p.Text("forged").Bytes(other.Link(entry, 3, new byte[16], new byte[32])), None),
            None);

        Assert.Equal([new AuditBreak.Altered(3, entry.Id), new AuditBreak.Altered(4, await IdAsync(4))], await BreaksAsync());
    }

    [Fact]
    public async Task Names_rows_that_were_removed_from_its_middle_its_beginning_and_its_end()
    {
        await AppendAsync(9);

        await MeddleAsync("DELETE FROM audit WHERE number IN (1, 4, 5, 8, 9)");

        Assert.Equal([new AuditBreak.Missing(1, 1), new AuditBreak.Missing(4, 5), new AuditBreak.Missing(8, 9)], await BreaksAsync());
    }

    [Fact]
    public async Task Remembers_rows_that_were_removed_from_its_end_though_the_end_was_moved_back_and_others_followed()
    {
        await AppendAsync(5);
        await MeddleAsync("DELETE FROM audit WHERE number > 3");
        await MeddleAsync("UPDATE audit_head SET number = 3");
        Assert.Equal([new AuditBreak.WrongEnd(3)], await BreaksAsync());

        await AppendAsync(2);

        Assert.Equal([new AuditBreak.Altered(4, await IdAsync(4))], await BreaksAsync());
    }

    [Fact]
    public async Task Names_two_rows_that_changed_places()
    {
        await AppendAsync(6);

        await MeddleAsync("UPDATE audit SET number = 7 - number WHERE number IN (2, 5)");

        var named = (await BreaksAsync()).OfType<AuditBreak.Altered>().Select(altered => altered.Number);
        Assert.Contains(2L, named);
        Assert.Contains(5L, named);
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("99", 99)]
    public async Task Names_a_row_that_was_put_in(string number, long named)
    {
        await AppendAsync(5);

        await CopyAsync(number);

        Assert.Equal([new AuditBreak.Added(named, Copied)], await BreaksAsync());
    }

    [Theory]
    [InlineData("NULL")]
    [InlineData("0")]
    [InlineData("-1")]
    public async Task Names_its_first_row_when_one_was_put_in_before_it(string number)
    {
        await AppendAsync(5);

        await CopyAsync(number);

        Assert.Contains(new AuditBreak.Altered(1, await IdAsync(1)), await BreaksAsync());
    }

    [Fact]
    public async Task Notices_that_its_end_was_taken_away_and_goes_on()
    {
        await AppendAsync(3);
        await MeddleAsync("DELETE FROM audit_head");
        Assert.Equal([new AuditBreak.WrongEnd(3)], await BreaksAsync());

        await AppendAsync(2);

        Assert.Equal([new AuditBreak.Altered(4, await IdAsync(4))], await BreaksAsync());
    }

    [Fact]
    public async Task Covers_the_rows_from_before_there_was_one()
    {
        await AppendAsync(4);
        await MeddleAsync("UPDATE audit SET number = NULL");
        await MeddleAsync("DELETE FROM audit_head");
        foreach (var (entry, salt) in (await EntriesAsync()).Select(entry => (entry, new byte[16])))
            await Database.WriteAsync(
                "as before",
                session => session.ExecuteAsync(
                    "UPDATE audit SET salt = $2, row_hash = $3 WHERE id = $1", p => p.Id(entry.Id).Bytes(salt).Bytes(entry.Hash(salt)),
                    None), None);
        await AppendAsync(2);
        Assert.Equal((true, 2L, 4L), await check.VerifyAsync(None) is var proof ? (proof.Holds, proof.Chained, proof.Before) : default);

        var old = (await EntriesAsync())[^1].Id;
        await Database.WriteAsync("remove", session => session.ExecuteAsync("DELETE FROM audit WHERE id = $1", p => p.Id(old), None), None);

        Assert.Equal([new AuditBreak.Altered(1, await IdAsync(1))], await BreaksAsync());
    }

    [Fact]
    public async Task Is_one_whoever_appends_at_once()
    {
        var elsewhere = Provider == Provider.Postgres ? Office.OpenAgain() : Database;
        AuditTrail[] nodes = [audit, new(elsewhere, Office.Master, Office.Clock)];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; n < 12; n++)
                await nodes[writer % 2].NoteAsync(Actor.Somebody($"{writer}"), null, "specs.note", $"{n}", isDone: true, None);
        })));

        var proof = await check.VerifyAsync(None);
        Assert.Equal((true, 96L, 96L), (proof.Holds, proof.Chained, proof.End!.Number));
    }

    [Fact]
    public async Task Loses_nothing_of_itself_with_a_unit_that_is_undone()
    {
        await AppendAsync(2);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Database.WriteAsync<bool>(
            "undone",
            async session =>
            {
                await audit.AppendAsync(session, Actor.CommandLine, null, "specs.note", "never");
                throw new InvalidOperationException("no");
            },
            None));
        await AppendAsync(1);

        Assert.Equal((true, 3L), await check.VerifyAsync(None) is var proof ? (proof.Holds, proof.Chained) : default);
    }

    [Fact]
    public async Task Shows_soon_what_happened_to_its_newest_rows()
    {
        await AppendAsync(30);
        await MeddleAsync("UPDATE audit SET what = 'x' WHERE number IN (3, 28)");

        var proof = await check.VerifyNewestAsync(10, None);

        Assert.Equal([new AuditBreak.Altered(28, await IdAsync(28))], proof.Breaks);
    }

    [Fact]
    public async Task Names_no_more_breaks_than_a_person_would_read()
    {
        await AppendAsync(120);
        await MeddleAsync("UPDATE audit SET what = 'x'");

        Assert.Equal(AuditProof.MostBreaks, (await BreaksAsync()).Count);
    }

    [Fact]
    public async Task Holds_for_no_other_key()
    {
        await AppendAsync(1);

        Assert.False(
            (await new AuditCheck(Database, DataKeys.FromMaster(MasterKey.Parse(Convert.ToBase64String(new byte[32])))).VerifyAsync(
                None)).Holds);
    }

    static Guid Copied { get; } = new("ffffffff-0000-7000-8000-000000000001");

    Task<int> CopyAsync(string number) => Database.WriteAsync(
        "put in",
        session => session.ExecuteAsync(
            $"INSERT INTO audit SELECT $1, at, tenant_id, person_id, who, act, what, address, outcome, salt, row_hash, {number} FROM audit WHERE number = 3", p => p.Id(Copied), None),
        None);

    async Task AppendAsync(int rows)
    {
        for (var n = 1; n <= rows; n++)
        {
            Office.Clock.Advance(TimeSpan.FromMilliseconds(1)); // ids sort by time
            await audit.NoteAsync(
                new Actor(new PersonId(Guid.CreateVersion7()), "ann@example.org", "192.0.2.1"), Office.Tenant, "specs.note", $"{n}",
                isDone: true, None);
        }
    }

    Task<int> MeddleAsync(string sql) => Database.WriteAsync("meddle", session => session.ExecuteAsync(sql, _ => { }, None), None);

    async Task<IReadOnlyList<AuditBreak>> BreaksAsync() => (await check.VerifyAsync(None)).Breaks;

    Task<List<AuditEntry>> EntriesAsync() => audit.ListAsync(Office.Tenant, new(), 1000, None);

    Task<Guid> IdAsync(long number) => Database.ReadAsync(
        session => session.FirstAsync("SELECT id FROM audit WHERE number = $1", p => p.Number(number), row => row.Id(0), None), None);
}
