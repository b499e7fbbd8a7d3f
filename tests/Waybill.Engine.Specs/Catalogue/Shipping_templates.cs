using Waybill.Engine.Catalogue;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Tenancy;
using Waybill.Templates;
using Xunit;

namespace Waybill.Engine.Specs.Catalogue;

public sealed class Shipping_templates_in_Sqlite() : Shipping_templates(Provider.Sqlite);

public sealed class Shipping_templates_in_Postgres() : Shipping_templates(Provider.Postgres);

public abstract class Shipping_templates(Provider provider) : DatabaseContract(provider)
{
    [Fact]
    public async Task Every_tenant_has_what_came_with_the_program()
    {
        await ShipAsync("Hello");

        Assert.Equal("Hello", await SentAsync());
    }

    [Fact]
    public async Task What_did_not_change_makes_no_version()
    {
        Assert.Equal(1, await ShipAsync("Hello"));
        Assert.Equal(0, await ShipAsync("Hello"));
    }

    [Fact]
    public async Task A_new_program_publishes_what_changed()
    {
        await ShipAsync("Hello");
        await ShipAsync("Hello anew");

        Assert.Equal("Hello anew", await SentAsync());
    }

    [Fact]
    public async Task An_edit_of_it_is_the_tenants_own_and_is_never_overwritten()
    {
        await ShipAsync("Hello");
        await OverrideAsync("Servus");
        await ShipAsync("Hello anew");

        Assert.Equal("Servus", await SentAsync());
        Assert.Equal(
            "Hello anew",
            (await Office.Templates.FindPublishedAsync(await Office.TenantAsync("another"), "welcome", None))?.Content.Texts[0].Body);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task An_override_keeps_the_secrets_of_what_it_stands_in_front_of(bool isDeclared, bool isSecret)
    {
        TemplateVariable key = new("key", VariableType.Text, IsRequired: true);
        var content = new TemplateContent
        {
            Format = TemplateFormat.Html,
            Texts = [new("en", "Hello", "<p>{{key}}</p>")],
            Variables = [key with { IsSecret = true }]
        };
        await Office.Templates.ShipAsync([new("welcome", content)], None);
        await Office.Templates.EditAsync(
            Office.Tenant, "welcome", null,
            present => present with { Content = content with { Variables = isDeclared ? [key with { IsSecret = isSecret }] : [] } }, None);

        var published = await Office.Templates.PublishAsync(Office.Tenant, "welcome", None);

        if (isSecret) Assert.IsType<TemplateChange.Done>(published);
        else
            Assert.Equal(
                "key is secret in the template that ships: declare it, as a secret.",
                Assert.IsType<TemplateChange.Refused>(published).Problems.Single(problem => problem.IsFatal).Message);
    }

    [Fact]
    public async Task An_override_says_when_what_it_was_made_from_has_changed()
    {
        await ShipAsync("Hello");
        await OverrideAsync("Servus");
        var before = await Office.Templates.FindAsync(Office.Tenant, "welcome", None);
        await ShipAsync("Hello anew");
        var after = await Office.Templates.FindAsync(Office.Tenant, "welcome", None);

        Assert.Equal((false, true), (before!.HasUpdate, after!.HasUpdate));
    }

    [Fact]
    public async Task An_override_that_was_reviewed_says_so_no_more_until_the_shipped_one_changes_again()
    {
        await ShipAsync("Hello");
        await OverrideAsync("Servus");
        await ShipAsync("Hello anew");
        var (own, shipped) = (await Office.Templates.FindAsync(Office.Tenant, "welcome", None),
            await Office.Templates.FindAsync(TenantId.Everybody, "welcome", None));

        var reviewed =
            Assert.IsType<TemplateChange.Done>(
                await Office.Templates.ReviewAsync(Office.Tenant, own!.Id, shipped!.VersionId, None)).Template;
        await ShipAsync("Hello once more");
        var after = await Office.Templates.FindAsync(Office.Tenant, "welcome", None);

        Assert.Equal((false, true), (reviewed.HasUpdate, after!.HasUpdate));
        Assert.Equal("Servus", await SentAsync());
    }

    [Fact]
    public async Task An_override_is_reviewed_against_the_newest_that_ships_and_by_its_tenant_only()
    {
        await ShipAsync("Hello");
        await OverrideAsync("Servus");
        await ShipAsync("Hello anew");
        var (own, seen) = (await Office.Templates.FindAsync(Office.Tenant, "welcome", None),
            await Office.Templates.FindAsync(TenantId.Everybody, "welcome", None));
        await ShipAsync("Hello once more");
        var newest = await Office.Templates.FindAsync(TenantId.Everybody, "welcome", None);

        Assert.IsType<TemplateChange.Stale>(await Office.Templates.ReviewAsync(Office.Tenant, own!.Id, seen!.VersionId, None));
        Assert.IsType<TemplateChange.Missing>(
            await Office.Templates.ReviewAsync(await Office.TenantAsync("another"), own.Id, newest!.VersionId, None));
        Assert.True((await Office.Templates.FindAsync(Office.Tenant, "welcome", None))!.HasUpdate);
    }

    [Fact]
    public async Task Without_its_override_the_shipped_one_is_sent_again()
    {
        await ShipAsync("Hello");
        await OverrideAsync("Servus");
        await Office.Templates.RemoveAsync(Office.Tenant, "welcome", None);

        Assert.Equal("Hello", await SentAsync());
    }

    [Fact]
    public async Task The_shipped_one_itself_cannot_be_removed()
    {
        await ShipAsync("Hello");

        Assert.IsType<TemplateChange.IsShipped>(await Office.Templates.RemoveAsync(Office.Tenant, "welcome", None));
    }

    [Fact]
    public async Task In_a_list_it_stands_once_with_its_override_in_front()
    {
        await ShipAsync("Hello");
        var (before, _) = await Office.Templates.ListAsync(Office.Tenant, 10, after: null, before: null, None);
        await OverrideAsync("Servus");
        var (after, _) = await Office.Templates.ListAsync(Office.Tenant, 10, after: null, before: null, None);

        Assert.Equal(Waybill.Engine.Tenancy.TenantId.Everybody, Assert.Single(before).Tenant);
        Assert.Equal(Office.Tenant, Assert.Single(after).Tenant);
    }

    Task<int> ShipAsync(string body) => Office.Templates.ShipAsync([new("welcome", Editing_templates.Content(body))], None);

    async Task OverrideAsync(string body)
    {
        await Office.Templates.EditAsync(
            Office.Tenant, "welcome", null, present => present with { Content = Editing_templates.Content(body) }, None);
        Assert.IsType<TemplateChange.Done>(await Office.Templates.PublishAsync(Office.Tenant, "welcome", None));
    }

    async Task<string?> SentAsync() => (await Office.Templates.FindPublishedAsync(Office.Tenant, "welcome", None))?.Content.Texts[0].Body;
}
