using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Clearing;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;
using Waybill.Templates;
using Waybill.Testing.Smtp;
using Xunit;

namespace Waybill.Engine.Specs.Sending;

public sealed class Sending_as_somebody_on_Sqlite() : Sending_as_somebody(Provider.Sqlite);

public sealed class Sending_as_somebody_on_Postgres() : Sending_as_somebody(Provider.Postgres);

/// <summary>By the relay of the instance, whose own address is shop@example.com.</summary>
public abstract class Sending_as_somebody(Provider provider) : DatabaseContract(provider)
{
    const string Forged = "The example.com domain is not granted to the tenant acme: ";

    Courier Courier => field ??= new(Office);

    [Fact]
    public async Task Is_free_for_the_first_tenant_unless_its_domains_are_set()
    {
        var message = From("anybody@anywhere.test");
        Assert.Null(await ObjectionAsync(Office.Tenant, message));

        await GrantAsync(Office.Tenant, "example.com");

        Assert.StartsWith(
            "The anywhere.test domain is not granted to the tenant default: ", await ObjectionAsync(Office.Tenant, message),
            StringComparison.Ordinal);
        Assert.Null(await ObjectionAsync(Office.Tenant, From("shop@example.com")));
    }

    [Fact]
    public async Task Is_nobodys_but_who_was_granted_the_domain()
    {
        var acme = await Office.TenantAsync("acme");
        Assert.StartsWith(Forged, await ObjectionAsync(acme, From("Waybill <op@example.com>")), StringComparison.Ordinal);

        await GrantAsync(acme, "acme.test");

        Assert.Null(await ObjectionAsync(acme, From("Acme <post@acme.test>")));
        Assert.StartsWith(Forged, await ObjectionAsync(acme, From("Waybill <op@example.com>")), StringComparison.Ordinal);
        Assert.NotNull(await ObjectionAsync(acme, From("post@mail.acme.test")));
        await Office.Tenants.GrantAsync(acme, grant: null, None);
        Assert.NotNull(await ObjectionAsync(acme, From("Acme <post@acme.test>")));
    }

    [Fact]
    public async Task Fails_in_clear_words_at_the_hand_over_and_goes_once_it_is_granted()
    {
        var acme = await Office.TenantAsync("acme");
        var id = await Office.AcceptAsync(From("Waybill <op@example.com>"), acme);

        await Courier.DeliverDueAsync();

        var message = (await Office.Journal.FindAsync(acme, id, None))!;
        Assert.Equal(MessageStatus.Failed, message.Status);
        Assert.StartsWith($"{Reasons.SenderNotGranted}: {Forged}", message.Reason, StringComparison.Ordinal);
        Assert.Empty(Courier.Transport.Handed);

        await GrantAsync(acme, "example.com");
        await Office.AcceptAsync(From("Waybill <op@example.com>"), acme);
        await Courier.DeliverDueAsync();

        Assert.Single(Courier.Transport.Handed);
    }

    [Fact]
    public async Task Is_free_by_a_relay_of_ones_own_and_not_by_one_that_is_shared()
    {
        await using var own = BookkeepingRelay.Start();
        await using var common = BookkeepingRelay.Start();
        var acme = await Office.TenantAsync("acme");
        var theirs = await RelayAsync(acme, own.Port);
        var shared = await RelayAsync(null, common.Port);
        Assert.Null(await ObjectionAsync(acme, From("op@example.com") with { RelayId = theirs }));
        Assert.NotNull(await ObjectionAsync(acme, From("op@example.com") with { RelayId = shared }));
        Assert.NotNull(await ObjectionAsync(await Office.TenantAsync("other"), From("op@example.com") with { RelayId = theirs }));
    }

    [Fact]
    public async Task Is_free_as_long_as_it_is_only_captured()
    {
        var acme = await Office.TenantAsync("acme");
        var relay = new Relay("capture", new CaptureTransport(isChosen: true), new(), Database, Office.Clock, NullLogger<Relay>.Instance);
        await using var directory = new RelayDirectory(relay, [], Office.Relays, Courier.Factory, Office.Tenants, Office.Clock);
        var senders = new SenderGate(Office.Tenants, directory, Office.Streams, Office.Templates, Office.Sender);

        Assert.Null(await senders.ObjectionAsync(acme, From("op@example.com"), None));
    }

    [Theory]
    [InlineData("racketbook.receipts")]
    [InlineData("waybill.accounts")]
    [InlineData("waybill.tests")]
    public async Task Needs_no_grant_where_the_program_writes_in_the_name_of_the_instance(string stream)
    {
        var acme = await Office.TenantAsync("acme");

        Assert.Null(await ObjectionAsync(acme, From("Ann the stringer <shop@example.com>") with { Stream = stream }));
        Assert.NotNull(await ObjectionAsync(acme, From("ceo@elsewhere.test") with { Stream = stream }));
        Assert.StartsWith(
            Forged, await ObjectionAsync(acme, From("Waybill <op@example.com>") with { Stream = stream }), StringComparison.Ordinal);
        var routed = From("Waybill <shop@example.com>") with { Stream = stream, EventId = Guid.CreateVersion7() };
        Assert.StartsWith(Forged, await ObjectionAsync(acme, routed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_the_default_senders_address_where_the_program_writes_and_only_the_brand_says_another()
    {
        var acme = await Office.TenantAsync("acme");
        await ShipAsync();
        await Office.Brands.CreateAsync(
            acme, "strings", new() { Name = "Strings", SenderName = "Ann", SupportEmail = "op@example.com" }, logo: null, relay: null,
            None);

        var receipt = await ReceiptAsync(acme, "strings");
        Assert.Equal(("Ann <shop@example.com>", "op@example.com"), (receipt.From.ToString(), receipt.ReplyTo.Single().ToString()));
        Assert.Null(await ObjectionAsync(acme, receipt));

        await GrantAsync(acme, "example.com");
        Assert.Equal("Ann <op@example.com>", (await ReceiptAsync(acme, "strings")).From.ToString());
    }

    [Fact]
    public async Task Is_the_brands_own_choice_by_a_relay_of_ones_own()
    {
        var acme = await Office.TenantAsync("acme");
        await ShipAsync();
        await using var own = BookkeepingRelay.Start();
        var relay = await RelayAsync(acme, own.Port);
        await Office.Brands.CreateAsync(
            acme, "strings", new() { Name = "Strings", SenderAddress = "ann@acme.test" }, logo: null, relay, None);

        Assert.Equal("ann@acme.test", (await ReceiptAsync(acme, "strings")).From.Address.ToString());
    }

    [Fact]
    public async Task Needs_a_grant_where_the_tenant_rewrote_what_the_program_says()
    {
        var acme = await Office.TenantAsync("acme");
        await ShipAsync();
        await Office.Templates.EditAsync(
            acme, "receipt", null, present => present with { Content = Content("Choose a new password") }, None);
        Assert.IsType<TemplateChange.Done>(await Office.Templates.PublishAsync(acme, "receipt", None));
        var forged = await ReceiptAsync(acme);
        var id = await Office.AcceptAsync(forged, acme);

        await Courier.DeliverDueAsync();

        var reason = (await Office.Journal.FindAsync(acme, id, None))!.Reason;
        Assert.StartsWith($"{Reasons.SenderNotGranted}: {Forged}", reason, StringComparison.Ordinal);
        Assert.EndsWith(" The template receipt is the tenant's own; the one that ships needs no grant.", reason, StringComparison.Ordinal);
        Assert.Empty(Courier.Transport.Handed);
        Assert.Null(await ObjectionAsync(acme, await ReceiptAsync(await Office.TenantAsync("other"))));

        await GrantAsync(acme, "example.com");
        Assert.Null(await ObjectionAsync(acme, forged));
    }

    [Fact]
    public async Task Is_missed_by_those_who_posted_lately_and_by_nobody_else()
    {
        var (acme, granted, idle) = (await Office.TenantAsync("acme"), await Office.TenantAsync("granted"),
            await Office.TenantAsync("idle"));
        await GrantAsync(granted, "granted.test");
        await Office.AcceptAsync(From("post@acme.test"), idle);
        Office.Clock.Advance(TimeSpan.FromDays(31));
        foreach (var tenant in (TenantId[])[acme, granted, Office.Tenant]) await Office.AcceptAsync(From("post@acme.test"), tenant);
        await Office.AcceptAsync(From("shop@example.com") with { Stream = "racketbook.notices" }, await Office.TenantAsync("stringer"));

        Assert.Equal(["acme"], await Office.Tenants.UngrantedSinceAsync(Office.Clock.GetUtcNow().AddDays(-30), None));
    }

    Task ShipAsync() => Office.Templates.ShipAsync([new("receipt", Content("Receipt"))], None);

    static TemplateContent Content(string subject) => new() { Format = TemplateFormat.Markdown, Texts = [new("en", subject, "Here.")] };

    async Task<NewMessage> ReceiptAsync(
        TenantId tenant, string? brand = null) => Assert.IsType<Writing.Written>(await Office.Writer.WriteAsync(
        tenant,
        new TemplatedMail
        {
            Template = "receipt",
            Brand = brand,
            Stream = "racketbook.receipts",
            Recipients = Letter.To("ada@example.org").Recipients,
            Data = JsonSerializer.SerializeToElement(new { }),
        },
        None)).Message;

    static NewMessage From(string sender) => Letter.To("ada@example.org") with { From = Mailbox.Parse(sender) };

    Task<string?> ObjectionAsync(TenantId tenant, NewMessage message) => Courier.Senders.ObjectionAsync(tenant, message, None).AsTask();

    async Task GrantAsync(TenantId tenant, params string[] domains)
    {
        Assert.True(SenderGrant.TryRead(domains, out var grant, out _));
        Assert.Equal(grant, (await Office.Tenants.GrantAsync(tenant, grant, None))!.Granted);
    }

    async Task<Guid> RelayAsync(TenantId? owner, int port) =>
        ((RelayWrite.Done)await Office.Relays.CreateAsync(owner, "relay", Relays.Shop.Loopback(port), secret: null, None)).Relay.Id;
}
