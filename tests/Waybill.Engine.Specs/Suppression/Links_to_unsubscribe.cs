using System.Buffers.Text;
using System.Text;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Secrets;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Sending;
using Waybill.Engine.Suppression;
using Waybill.Mime.Addresses;
using Xunit;

namespace Waybill.Engine.Specs.Suppression;

public sealed class Links_to_unsubscribe() : DatabaseContract(Provider.Sqlite)
{
    const string Stream = "kyora.billing";

    [Fact]
    public void Say_who_and_what_and_are_the_same_each_time()
    {
        var token = Token("ada@example.org");

        Assert.Equal(new Unsubscription(Office.Tenant, Stream, "ada@example.org"), Office.Links.Open(token));
        Assert.Equal(token, Token("ada@example.org"));
        Assert.Equal("https://mail.example.org/unsubscribe/" + token, Office.Links.For(Office.Tenant, Stream, "ada@example.org"));
        Assert.NotEqual(token, Token("bob@example.org"));
    }

    [Theory]
    [InlineData("grüße@bücher.example")]
    [InlineData("\"a b\\\\\"@example.org")]
    [InlineData("x@[192.0.2.1]")]
    public void Hold_any_address(string address) => Assert.Equal(address, Office.Links.Open(Token(address))!.Address);

    [Fact]
    public void Show_neither_address_nor_stream_nor_tenant()
    {
        var shown = Encoding.Latin1.GetString(Base64Url.DecodeFromChars(Token("ada@example.org"))) + Token("ada@example.org");

        Assert.DoesNotContain("ada", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("kyora", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Encoding.Latin1.GetString(Office.Tenant.Value.ToByteArray(bigEndian: true)), shown, StringComparison.Ordinal);
    }

    [Fact]
    public void That_were_altered_in_any_bit_are_none_of_ours()
    {
        var box = Base64Url.DecodeFromChars(Token("ada@example.org"));

        for (var bit = 0; bit < box.Length * 8; bit++)
        {
            var altered = (byte[])box.Clone();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(Office.Links.Open(Base64Url.EncodeToString(altered)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAA")]
    [InlineData("%%%")]
    [InlineData("ä")]
    public void That_are_no_tokens_are_none_of_ours(string token) => Assert.Null(Office.Links.Open(token));

    [Fact]
    public void Of_any_length_are_answered()
    {
        var token = Token("ada@example.org");

        for (var length = 0; length < token.Length; length++) Assert.Null(Office.Links.Open(token[..length]));
        Assert.Null(Office.Links.Open(new string('A', 1_000_000)));
    }

    [Fact]
    public void Of_another_master_key_are_none_of_ours()
    {
        var others = new UnsubscribeLinks(
            DataKeys.FromMaster(MasterKey.Parse(Convert.ToBase64String([.. Enumerable.Repeat((byte)7, 32)]))), publicUrl: null);

        Assert.Null(Office.Links.Open(others.Token(Office.Tenant, Stream, "ada@example.org")));
        Assert.Null(others.For(Office.Tenant, Stream, "ada@example.org"));
    }

    [Fact]
    public void Outlive_a_new_master_key()
    {
        var (old, fresh) = (Convert.ToBase64String([.. Enumerable.Repeat((byte)1, 32)]),
            Convert.ToBase64String([.. Enumerable.Repeat((byte)2, 32)]));
        var token = new UnsubscribeLinks(DataKeys.FromMaster(MasterKey.Parse(old)), null).Token(Office.Tenant, Stream, "ada@example.org");

        Assert.NotNull(new UnsubscribeLinks(DataKeys.FromMaster(MasterKey.Parse(fresh + "\n" + old)), null).Open(token));
    }

    [Fact]
    public async Task Are_frozen_in_the_message_and_handed_over_with_it()
    {
        var courier = new Courier(Office);
        await OfferAsync();
        var message = await Office.AcceptAsync(Letter.To("Ada <ada@example.org>") with { Stream = Stream });
        await Office.Streams.ChangeAsync(Stream, settings => settings with { OffersUnsubscribe = false }, None);

        await courier.DeliverDueAsync();

        var link = $"<{Office.Links.For(Office.Tenant, Stream, "ada@example.org")}>";
        var snapshot = (await Office.Journal.FindSnapshotAsync(Office.Tenant, message, None))!;
        Assert.Equal(
            [new HeaderField("List-Unsubscribe", link), new HeaderField("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")],
            snapshot.Inputs.Headers);
        var sent = Encoding.UTF8.GetString(Assert.Single(courier.Transport.Handed).Bytes).Replace("\r\n ", " ", StringComparison.Ordinal);
        Assert.Contains($"\r\nList-Unsubscribe: {link}\r\n", sent, StringComparison.Ordinal);
        Assert.Contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_in_no_message_to_several_nor_in_one_that_brings_its_own_nor_in_a_stream_that_does_not_offer_them()
    {
        var plain = Letter.To("ada@example.org") with { Stream = Stream };
        Assert.Empty(await HeadersAsync(plain));
        await OfferAsync();

        Assert.Empty(await HeadersAsync(Letter.To("ada@example.org", "bob@example.org") with { Stream = Stream }));
        Assert.Equal(
            ["list-unsubscribe"],
            await HeadersAsync(plain with { Headers = [new HeaderField("list-unsubscribe", "<mailto:x@example.org>")] }));
        Assert.Equal(["List-Unsubscribe", "List-Unsubscribe-Post"], await HeadersAsync(plain));
    }

    [Fact]
    public async Task Once_used_stop_the_stream_and_no_other()
    {
        await OfferAsync();
        var used = Office.Links.Open(Token("Ada@example.org"))!;
        await Office.Suppressions.AddAsync(
            used.Tenant, [Address.Parse(used.Address)], SuppressionOrigin.Unsubscribe, used.Stream, null, None);

        Assert.Equal(MessageStatus.Suppressed, (await Office.StandingAsync(Letter.To("ada@example.org") with { Stream = Stream })).Status);
        Assert.Equal(
            MessageStatus.Queued, (await Office.StandingAsync(Letter.To("ada@example.org") with { Stream = "kyora.account" })).Status);
    }

    Task OfferAsync() => Office.Streams.ChangeAsync(Stream, settings => settings with { OffersUnsubscribe = true }, None);

    string Token(string address) => Office.Links.Token(Office.Tenant, Stream, address);

    async Task<IEnumerable<string>> HeadersAsync(Engine.Journal.NewMessage message)
    {
        var id = await Office.AcceptAsync(message);
        return (await Office.Journal.FindSnapshotAsync(Office.Tenant, id, None))!.Inputs.Headers.Select(header => header.Name);
    }
}
