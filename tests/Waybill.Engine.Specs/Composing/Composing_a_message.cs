using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Specs.Databases;
using Waybill.Mime.Addresses;
using Xunit;

namespace Waybill.Engine.Specs.Composing;

public sealed class Composing_a_message_from_Sqlite() : Composing_a_message(Provider.Sqlite);

public sealed class Composing_a_message_from_Postgres() : Composing_a_message(Provider.Postgres)
{
    [Fact]
    public async Task Gives_the_bytes_that_Sqlite_gives()
    {
        await using var other = await PostOffice.OpenAsync(Provider.Sqlite);

        var here = await (await ComposeAsync(Office)).ReadAsync(None);
        var there = await (await ComposeAsync(other)).ReadAsync(None);

        Assert.Equal(Encoding.UTF8.GetString(here), Encoding.UTF8.GetString(there));
    }
}

public abstract class Composing_a_message(Provider provider) : DatabaseContract(provider)
{
    const int Large = 3 << 20;

    // Fixed for ever: whoever changes how messages are written makes a new MIME format.
    static readonly Composition Fixed = new(
        1, "<01@example.com>", new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(2)), "0123456789abcdef01234567");

    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("de-CH")]
    [InlineData("th-TH")]
    public async Task Gives_the_same_bytes_in_every_culture(string culture)
    {
        var plain = (await ComposeAsync(Office)).Hash;

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        var composed = await ComposeAsync(Office);

        Assert.Equal(plain, composed.Hash);
        Assert.Contains("Date: Sun, 29 Mar 2026 ", Encoding.UTF8.GetString(await composed.ReadAsync(None)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Again_gives_the_same_bytes_and_proves_it()
    {
        var (header, snapshot) = await AcceptAsync(Office);
        var first = await Office.Composer.ComposeAsync(header, snapshot, None);
        Office.Clock.Advance(TimeSpan.FromDays(400));

        var kept = snapshot with { Composition = first.Composition, BytesHash = first.Hash };
        var again = await Office.Composer.ComposeAsync(header, kept, None);

        Assert.Equal(await first.ReadAsync(None), await again.ReadAsync(None));
        Assert.Equal(SHA256.HashData(await again.ReadAsync(None)), again.Hash);
        Assert.Equal((await again.ReadAsync(None)).Length, again.Size);
    }

    [Fact]
    public async Task Says_that_a_snapshot_was_tampered_with()
    {
        var (header, snapshot) = await AcceptAsync(Office);
        var composed = await Office.Composer.ComposeAsync(header, snapshot, None);
        var kept = snapshot with { Composition = composed.Composition, BytesHash = composed.Hash };
        Snapshot[] tampered =
        [
            kept with { Inputs = kept.Inputs with { Subject = "Your orders" } },
            kept with { Inputs = kept.Inputs with { Text = "Thank you!" } },
            kept with { Inputs = kept.Inputs with { From = "Corner Shop <shop@example.net>" } },
            kept with { Composition = composed.Composition with { Date = composed.Composition.Date.AddSeconds(1) } },
            kept with { Composition = composed.Composition with { Boundary = "ffffffffffffffffffffffff" } },
            kept with { Attachments = [] },
        ];

        foreach (var one in tampered) await Assert.ThrowsAsync<InvalidDataException>(() => Office.Composer.ComposeAsync(header, one, None));
    }

    [Fact]
    public async Task Refuses_a_format_of_a_later_Waybill()
    {
        var (header, snapshot) = await AcceptAsync(Office);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(
            () => Office.Composer.ComposeAsync(header, snapshot with { Composition = Fixed with { MimeFormat = 2 } }, None));

        Assert.Contains("MIME format 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streams_a_large_attachment_whole_and_hashes_what_it_streams()
    {
        var content = new byte[Large];
        new Random(7).NextBytes(content);
        var (header, snapshot) = await AcceptAsync(Office, content);

        var composed = await Office.Composer.ComposeAsync(header, snapshot, None);
        var whole = await composed.ReadAsync(None);
        var largest = 0;
        await foreach (var piece in composed.Read(None)) largest = Math.Max(largest, piece.Length);

        Assert.Equal(SHA256.HashData(whole), composed.Hash);
        Assert.Equal(whole.Length, composed.Size);
        Assert.InRange(largest, 1, 1 << 21);
        var onOneLine = Encoding.ASCII.GetString(whole).Replace("\r\n", "", StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String(content), onOneLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_no_Bcc()
    {
        var id = await Office.AcceptAsync(Letter.To("ada@example.org") with
        {
            Recipients =
            [
                new Recipient(0, RecipientKind.To, Mailbox.Parse("ada@example.org")),
                new Recipient(1, RecipientKind.Bcc, Mailbox.Parse("eve@example.org")),
            ],
        });

        var composed = await Office.Composer.ComposeAsync(
            (await Office.FindAsync(id)).HeaderId, (await Office.Journal.FindSnapshotAsync(Office.Tenant, id, None))!, None);

        Assert.DoesNotContain("eve@", Encoding.UTF8.GetString(await composed.ReadAsync(None)), StringComparison.Ordinal);
    }

    internal static async Task<Composed> ComposeAsync(PostOffice office)
    {
        var (_, snapshot) = await AcceptAsync(office);
        return await office.Composer.ComposeAsync(Fixed.MessageId, snapshot with { Composition = Fixed }, None);
    }

    static async Task<(string HeaderId, Snapshot Snapshot)> AcceptAsync(PostOffice office, byte[]? attached = null)
    {
        var content = attached ?? Encoding.UTF8.GetBytes("Zürich; 1'234.50 CHF; İı");
        var hash = await office.Content.StoreAsync(content, None);
        var id = await office.AcceptAsync(Letter.To("Ada Lovelace <ada@example.org>") with
        {
            Subject = "Grüße aus İstanbul Σ",
            Html = "<p>Thank you. ✓</p>",
            Headers = [new HeaderField("X-Order", "7")],
            ReplyTo = [Mailbox.Parse("help@example.com")],
            Attachments = [new NewAttachment("Quittung ü.txt", "text/plain", ContentId: null, hash, content.Length)],
        });
        return ((await office.FindAsync(id)).HeaderId, (await office.Journal.FindSnapshotAsync(office.Tenant, id, None))!);
    }
}
