using System.Text;
using System.Text.Json;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Retrying;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Sending;
using Waybill.Mime.Addresses;
using Waybill.Templates;
using Xunit;

namespace Waybill.Engine.Specs.Composing;

public sealed class Secret_values_of_a_message_in_Sqlite() : Secret_values_of_a_message(Provider.Sqlite);

public sealed class Secret_values_of_a_message_in_Postgres() : Secret_values_of_a_message(Provider.Postgres);

public abstract class Secret_values_of_a_message(Provider provider) : DatabaseContract(provider)
{
    const string Secret = "https://shop.example.com/reset/3f9c27";

    [Fact]
    public async Task Are_in_the_bytes_that_are_handed_over()
    {
        var id = await AcceptAsync();

        Assert.Contains("3f9c27", await TextOfAsync(await ComposeAsync(id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_masked_wherever_the_message_is_looked_at()
    {
        var id = await AcceptAsync();
        var snapshot = await SnapshotAsync(id);
        var shown = await Office.Composer.ReplayAsync("<id@example.com>", snapshot, None);

        Assert.True(shown.IsMasked);
        Assert.DoesNotContain("3f9c27", await TextOfAsync(shown), StringComparison.Ordinal);
        Assert.DoesNotContain("3f9c27", JsonSerializer.Serialize(snapshot.Inputs), StringComparison.Ordinal);
        Assert.DoesNotContain("3f9c27", (await Office.FindAsync(id)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_erased_once_the_message_was_sent_and_the_rest_stays_proved()
    {
        var id = await AcceptAsync();
        await SendAsync(id, new Disposition.Settled(MessageStatus.Sent, "250 ok"));
        var snapshot = await SnapshotAsync(id);

        Assert.Null(snapshot.Sealed);
        Assert.Equal(
            snapshot.Composition!.MaskedHash, Convert.ToHexStringLower((await Office.Composer.ReplayAsync("", snapshot, None)).Hash));
        var altered = snapshot with { Inputs = snapshot.Inputs with { Subject = "Another" } };
        await Assert.ThrowsAsync<InvalidDataException>(() => Office.Composer.ReplayAsync("", altered, None));
    }

    [Fact]
    public async Task Stay_while_another_attempt_may_need_them()
    {
        var id = await AcceptAsync();
        await SendAsync(id, new Disposition.RetryAfter(TimeSpan.FromMinutes(1), "450 later"));

        Assert.Contains("3f9c27", await TextOfAsync(await ComposeAsync(id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stay_while_a_person_may_release_the_message()
    {
        var id = await AcceptAsync();
        await SendAsync(id, new Disposition.Settled(MessageStatus.Held, "the link died"));

        Assert.NotNull((await SnapshotAsync(id)).Sealed);
    }

    [Fact]
    public async Task Stay_while_this_node_has_another_master_key_and_are_sent_by_one_that_has_theirs()
    {
        var id = await AcceptAsync();
        var other = Engine.Secrets.DataKeys.FromMaster(Engine.Secrets.MasterKey.Parse(Convert.ToBase64String(new byte[32])));
        var locked = new Courier(Office, composer: new Composer(Office.Attachments, other, Office.Clock));

        await locked.DeliverDueAsync();

        Assert.Equal(MessageStatus.Queued, (await Office.FindAsync(id)).Status);
        Assert.NotNull((await SnapshotAsync(id)).Sealed);
        Assert.Contains("master key", Assert.Single(locked.Log.Lines).Line, StringComparison.Ordinal);
        Office.Clock.Advance(TimeSpan.FromMinutes(10));
        var courier = new Courier(Office);
        await courier.DeliverDueAsync();
        Assert.Equal(MessageStatus.Sent, (await Office.FindAsync(id)).Status);
        Assert.Contains(
            "3f9c27",
            Encoding.ASCII.GetString(Assert.Single(courier.Transport.Handed).Bytes).Replace("=\r\n", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_erased_when_the_message_is_canceled()
    {
        var id = await AcceptAsync();
        Assert.True(await Office.Outbox.CancelAsync(Office.Tenant, id, None));

        Assert.Null((await SnapshotAsync(id)).Sealed);
    }

    [Fact]
    public async Task Are_erased_when_they_expire_and_the_message_cannot_be_sent_then()
    {
        var id = await AcceptAsync();
        Office.Clock.Advance(TimeSpan.FromHours(2));
        await Database.WriteAsync("erase", session => SecretRows.EraseExpiredAsync(session, Office.Clock.GetUtcNow()), None);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => ComposeAsync(id));
        Assert.Contains("expired", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_for_no_other_tenant()
    {
        var id = await AcceptAsync();
        var stolen = await SnapshotAsync(id) with { Tenant = await Office.TenantAsync("another") };

        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(
            () => Office.Composer.ComposeAsync("", stolen, None));
    }

    [Fact]
    public async Task Are_nowhere_in_the_database()
    {
        var id = await AcceptAsync();
        await SendAsync(id, new Disposition.RetryAfter(TimeSpan.FromMinutes(1), "450 later"));

        Assert.DoesNotContain("3f9c27", await EverythingAsync(), StringComparison.Ordinal);
    }

    async Task<MessageId> AcceptAsync()
    {
        var content = new TemplateContent
        {
            Format = TemplateFormat.Markdown,
            Texts = [new("en", "Your link, {{name}}", "Hello {{name}},\n\nyour link is {{link}}.")],
            Variables =
            [
                new("name", VariableType.Text, IsRequired: true),
                new("link", VariableType.Url, IsRequired: true) { IsSecret = true, Lifetime = TimeSpan.FromHours(1) },
            ],
        };
        if (await Office.Templates.FindPublishedAsync(Office.Tenant, "reset", None) is null)
        {
            await Office.Templates.CreateAsync(Office.Tenant, "reset", "reset", content, None);
            Assert.IsType<TemplateChange.Done>(await Office.Templates.PublishAsync(Office.Tenant, "reset", None));
        }

        var mail = new TemplatedMail
        {
            Template = "reset",
            Data = JsonDocument.Parse($$"""{"name":"Ann","link":"{{Secret}}"}""").RootElement,
            Stream = "api",
            Recipients = [new(0, RecipientKind.To, Mailbox.Parse("ann@example.org"))],
        };
        return await Office.AcceptAsync(Assert.IsType<Writing.Written>(await Office.Writer.WriteAsync(Office.Tenant, mail, None)).Message);
    }

    async Task SendAsync(MessageId id, Disposition disposition)
    {
        var claim = await Office.ClaimOneAsync();
        var composed = await ComposeAsync(id);
        Assert.True(
            await Office.Outbox.BeginAsync(
                new Beginning(claim, "relay", Office.Clock.GetUtcNow(), composed.Composition, composed.Hash, composed.Size)));
        var outcome = new AttemptOutcome.Accepted("250 ok");
        Assert.True(await Office.Outbox.SettleAsync(new Settlement(
            claim, Office.Clock.GetUtcNow(), new Dictionary<int, AttemptOutcome> { [0] = outcome }, disposition, outcome, Dialogue: null)
        { HasSecrets = true }));
    }

    async Task<Composed> ComposeAsync(MessageId id) =>
        await Office.Composer.ComposeAsync("<id@example.com>", await SnapshotAsync(id), None);

    async Task<Snapshot> SnapshotAsync(MessageId id) => (await Office.Journal.FindSnapshotAsync(Office.Tenant, id, None))!;

    /// <summary>As a reader sees it: quoted-printable undone.</summary>
    static async Task<string> TextOfAsync(Composed composed) =>
        Encoding.ASCII.GetString(await composed.ReadAsync(None)).Replace("=\r\n", "", StringComparison.Ordinal);

    /// <summary>Every text and every unpacked blob of the tables that could hold it.</summary>
    Task<string> EverythingAsync() => Database.ReadAsync(
        async session =>
        {
            var rows = await session.QueryAsync(
                "SELECT m.subject, s.inputs, s.composition, s.sealed FROM messages m JOIN snapshots s ON s.message_id = m.id",
                _ => { },
                row => row.Text(0) + Unpacked(row.BytesOrNull(1)) + Unpacked(row.BytesOrNull(2))
                    + Encoding.Latin1.GetString(row.BytesOrNull(3) ?? []),
                None);
            var steps = await session.QueryAsync("SELECT detail FROM timeline", _ => { }, row => row.Text(0), None);
            return string.Concat(rows) + string.Concat(steps);
        },
        None);

    static string Unpacked(byte[]? packed) => packed is null ? "" : Encoding.UTF8.GetString(Packed.Unpack(packed));
}
