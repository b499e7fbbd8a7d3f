using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Engine.Accounts;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Composing;
using Waybill.Engine.Events;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Routing;
using Waybill.Engine.Specs.Databases;
using Waybill.Mime.Addresses;
using Waybill.Smtp;
using Waybill.Templates;
using Xunit;

namespace Waybill.Engine.Specs.Accounts;

/// <summary>Whoever may write the first tenant's templates, brands and relays gets no link to anybody's account by them.</summary>
public sealed class Mails_about_accounts() : HouseholdContract(Provider.Sqlite)
{
    const string Link = "https://mail.example.org/admin/reset/x1";

    AccountMails Mails => new(Office.Writer, Office.Tenants, Office.Intake, Office.Clock, NullLogger<AccountMails>.Instance);

    [Fact]
    public async Task Go_by_the_relay_and_in_the_name_of_the_settings()
    {
        var ann = await House.SeedAsync();
        var relay = ((RelayWrite.Done)await Office.Relays.CreateAsync(
            Office.Tenant, "mine",
            new() { Route = new RelayRoute.Smtp("evil.test", 25, RelaySecurity.None, null, null, null), From = "x@evil.test" }, null,
            None)).Relay;
        await Office.Brands.CreateAsync(
            Office.Tenant, "mine",
            new() { Name = "Evil", ReplyTo = "x@evil.test", SenderAddress = "x@evil.test", Footer = "https://evil.test" }, logo: null,
            relay.Id, None);
        await Office.Brands.MakeDefaultAsync(Office.Tenant, (await Office.Brands.FindAsync(Office.Tenant, "mine", None))!.Id, None);

        foreach (var message in (NewMessage[])[Written(await Mails.ResetAsync(ann, Link, None)), await InvitationOfABookAsync()])
        {
            Assert.Null(message.RelayId);
            Assert.Equal("Corner Shop <shop@example.com>", message.From.ToString());
            Assert.Empty(message.ReplyTo);
            Assert.Contains("Corner Shop", message.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("evil", message.Html + message.Text, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>One that stands there from before nobody guarded it is as if it were not there.</summary>
    [Theory]
    [InlineData("accounts.reset")]
    [InlineData("racketbook.invite")]
    public async Task Say_what_came_with_the_program(string alias)
    {
        var ann = await House.SeedAsync();
        await OverrideAsync(alias);

        var message = alias == "accounts.reset" ? Written(await Mails.ResetAsync(ann, Link, None)) : await InvitationOfABookAsync();

        Assert.DoesNotContain("evil", message.Html + message.Text + message.Subject, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Link, message.Html + message.Text, StringComparison.Ordinal);
        Assert.NotNull(message.Sealed);
    }

    [Theory]
    [InlineData("accounts.reset")]
    [InlineData("racketbook.invite")]
    public async Task Are_rewritten_by_no_tenant(string alias)
    {
        await Office.Templates.ShipAsync(RacketBook.RacketBookBook.Book.Templates, None);
        var reserved = new TemplateChange.Reserved(alias);
        Assert.Equal(reserved, await Office.Templates.CreateAsync(Office.Tenant, "Mine", alias, Content, None));
        Assert.Equal(
            reserved, await Office.Templates.EditAsync(Office.Tenant, alias, null, shipped => shipped with { Content = Content }, None));
        await Office.Templates.CreateAsync(Office.Tenant, "Mine", "mine", Content, None);
        Assert.Equal(reserved, await Office.Templates.EditAsync(Office.Tenant, "mine", null, mine => mine with { Alias = alias }, None));

        await OverrideAsync(alias);

        Assert.Equal(reserved, await Office.Templates.EditAsync(Office.Tenant, alias, null, mine => mine with { Content = Content }, None));
        Assert.Equal(reserved, await Office.Templates.PublishAsync(Office.Tenant, alias, None));
        Assert.IsType<TemplateChange.Done>(await Office.Templates.DuplicateAsync(Office.Tenant, alias, None));
        Assert.IsType<TemplateChange.Done>(await Office.Templates.RemoveAsync(Office.Tenant, alias, None));
    }

    [Theory]
    [InlineData("accounts.reset")]
    [InlineData("racketbook.invite")]
    public async Task Are_sent_by_no_tenant_by_whatever_name(string alias)
    {
        await Office.Templates.ShipAsync(RacketBook.RacketBookBook.Book.Templates, None);
        var shipped = (await Office.Templates.FindAsync(Office.Tenant, alias, None))!;
        var routes = new Routes(Database, Office.Streams, Office.AccountTemplates, Office.Clock);

        foreach (var name in (string[])[alias, shipped.Id.ToString()])
        {
            Assert.Equal(
                "reserved", Assert.IsType<Writing.Refused>(await Office.Writer.WriteAsync(Office.Tenant, Mail(name, "api"), None)).Field);
            var refused =
                await routes.CreateAsync(
                    Office.Tenant, new() { EventType = "x", Stream = "api", Template = name, Recipient = "{{data.email}}" }, None);
            Assert.Equal("template", Assert.IsType<RouteSaving.Refused>(refused).Field);
        }

        await OverrideAsync(alias);
        Assert.Equal(
            "reserved", Assert.IsType<Writing.Refused>(await Office.Writer.WriteAsync(Office.Tenant, Mail(alias, "api"), None)).Field);
    }

    [Fact]
    public async Task Have_their_stream_for_themselves()
    {
        var routes = new Routes(Database, Office.Streams, Office.AccountTemplates, Office.Clock);
        await Office.Templates.CreateAsync(Office.Tenant, "Mine", "mine", Content, None);
        Assert.IsType<TemplateChange.Done>(await Office.Templates.PublishAsync(Office.Tenant, "mine", None));

        var written = await Office.Writer.WriteAsync(Office.Tenant, Mail("mine", Streams.Accounts.Name), None);
        var routed =
            await routes.CreateAsync(
                Office.Tenant, new() { EventType = "x", Stream = Streams.Accounts.Name, Template = "mine", Recipient = "{{data.email}}" },
                None);

        Assert.Equal("stream", Assert.IsType<Writing.Refused>(written).Field);
        Assert.Equal("stream", Assert.IsType<RouteSaving.Refused>(routed).Field);
        Assert.True(Streams.Accounts.DefaultRelayOnly); // for what was written before with another relay
    }

    static TemplateContent Content => new() { Format = TemplateFormat.Markdown, Texts = [new("en", "Evil", "https://evil.test")] };

    /// <summary>A published template of the first tenant's, as it could be made once.</summary>
    async Task OverrideAsync(string alias)
    {
        await Office.Templates.CreateAsync(Office.Tenant, "Evil", "old", Content, None);
        Assert.IsType<TemplateChange.Done>(await Office.Templates.PublishAsync(Office.Tenant, "old", None));
        await Database.WriteAsync(
            "make an old override",
            session => session.ExecuteAsync("UPDATE templates SET alias = $1 WHERE alias = 'old'", p => p.Text(alias), None), None);
        Office.Clock.Advance(TimeSpan.FromSeconds(2));
    }

    async Task<NewMessage> InvitationOfABookAsync()
    {
        await Office.Templates.ShipAsync(RacketBook.RacketBookBook.Book.Templates, None);
        return Written(await Office.Writer.WriteForInstanceAsync(Office.Tenant, Mail("racketbook.invite", "racketbook.notices"), None));
    }

    static TemplatedMail Mail(string template, string stream) => new()
    {
        Template = template,
        Stream = stream,
        Recipients = [new Recipient(0, RecipientKind.To, Mailbox.Parse("ann@example.org"))],
        Data = JsonSerializer.SerializeToElement(new { name = "Ann", inviter = "Bob", url = Link }),
    };

    static NewMessage Written(Writing writing) => Assert.IsType<Writing.Written>(writing).Message;
}
