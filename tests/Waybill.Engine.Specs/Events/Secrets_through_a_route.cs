using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Engine.Bus;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Events;
using Waybill.Engine.Journal;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Tenancy;
using Waybill.Templates;
using Xunit;

namespace Waybill.Engine.Specs.Events;

public sealed class Secrets_through_a_route() : DatabaseContract(Provider.Sqlite)
{
    const string Secret = "LIC1-7QK2";

    [Fact]
    public async Task That_the_event_type_names_are_masked_in_the_mail_too_also_within_a_list()
    {
        await TakeAsync(isSecretInTemplate: false, new EventType("codes.issued", ["items.code"], TimeSpan.FromDays(1)));

        Assert.DoesNotContain(Secret, await EverythingAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM snapshots WHERE sealed IS NOT NULL"));
    }

    [Fact]
    public async Task That_the_template_names_are_masked_in_the_event_too()
    {
        await TakeAsync(isSecretInTemplate: true);

        Assert.DoesNotContain(Secret, await EverythingAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM snapshots WHERE sealed IS NOT NULL"));
    }

    async Task TakeAsync(bool isSecretInTemplate, params EventType[] types)
    {
        await PublishAsync(isSecretInTemplate);
        var routes = new Routes(Database, Office.Streams, Office.AccountTemplates, Office.Clock);
        Assert.IsType<RouteSaving.Saved>(await routes.CreateAsync(
            Office.Tenant, new() { EventType = "codes.issued", Stream = "api", Template = "codes", Recipient = "{{data.email}}" }, None));
        await using var bus = new EventBus(Database, "here", Office.Clock);
        var intake = new EventIntake(
            Database, new(types), new([]), routes, new RouteMails(FetchAsync, Office.Intake, NullLogger<RouteMails>.Instance),
            Office.Intake, Office.Master, Office.Clock, NullLogger<EventIntake>.Instance);
        await using var acceptor = new EventAcceptor(Database, intake, bus);
        var data = JsonDocument.Parse($$"""{"email":"ann@example.org","name":"Ann","items":[{"code":"{{Secret}}"}]}""").RootElement;

        Assert.IsType<EventAcceptance.Accepted>(await acceptor.AcceptAsync(
            Office.Tenant, [new() { Id = "1", Source = "/shop", Type = "codes.issued", Data = data }], None));
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM messages"));
    }

    async Task<RouteStationery> FetchAsync(TenantId tenant, RouteMailKind kind, CancellationToken cancellationToken)
    {
        var on = (await Office.Writer.FetchAsync(tenant, kind.Template, kind.Brand, cancellationToken)).Stationery!;
        return new(
            [.. on.Version.Content.Variables.Where(variable => variable.IsSecret)], mail => Office.Writer.Write(tenant, mail, on),
            _ => null);
    }

    async Task PublishAsync(bool isSecret)
    {
        var content = new TemplateContent
        {
            Format = TemplateFormat.Markdown,
            Texts = [new("en", "Your codes, {{name}}", "Hello {{name}},\n\n{{#each items}}\n* {{code}}\n{{/each}}\n")],
            Variables =
            [
                new("name", VariableType.Text, IsRequired: true), new("items", VariableType.List, IsRequired: true),
                new("items[].code", VariableType.Text, IsRequired: true) { IsSecret = isSecret },
            ],
        };
        await Office.Templates.CreateAsync(Office.Tenant, "codes", "codes", content, None);
        var published = await Office.Templates.PublishAsync(Office.Tenant, "codes", None);
        Assert.True(published is TemplateChange.Done, (published as TemplateChange.Refused)?.Problems[0].Message);
    }

    async Task<string> EverythingAsync() => string.Concat(await Database.ReadAsync(
        async session => (await session.QueryAsync(
            "SELECT e.data, s.inputs, m.subject FROM events e CROSS JOIN messages m JOIN snapshots s ON s.message_id = m.id",
            _ => { },
            row => Encoding.UTF8.GetString(Packed.Unpack(row.Bytes(0))) + Encoding.UTF8.GetString(Packed.Unpack(row.Bytes(1)))
                + row.Text(2),
            None)).ToList(),
        None));
}
