using Waybill.Engine.Catalogue;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Tenancy;
using Waybill.Templates;
using Xunit;

namespace Waybill.Engine.Specs.Catalogue;

public sealed class Editing_templates_in_Sqlite() : Editing_templates(Provider.Sqlite);

public sealed class Editing_templates_in_Postgres() : Editing_templates(Provider.Postgres);

public abstract class Editing_templates(Provider provider) : DatabaseContract(provider)
{
    [Fact]
    public async Task A_new_one_is_a_draft_that_is_not_sent()
    {
        var made = await MakeAsync("welcome");

        Assert.True(made.IsDraft);
        Assert.Null(await PublishedAsync("welcome"));
    }

    [Fact]
    public async Task Publishing_makes_the_draft_what_is_sent()
    {
        await MakeAsync("welcome", "Hello");
        await PublishAsync("welcome");

        Assert.Equal("Hello", await PublishedAsync("welcome"));
    }

    [Fact]
    public async Task An_edit_leaves_what_is_sent_alone_until_it_is_published()
    {
        await MakeAsync("welcome", "Hello");
        await PublishAsync("welcome");
        var edited = Done(await EditAsync("welcome", "Hello again"));

        Assert.Equal((2, true, "Hello"), (edited.Number, edited.IsDraft, await PublishedAsync("welcome")));
        await PublishAsync("welcome");
        Assert.Equal("Hello again", await PublishedAsync("welcome"));
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_is_no_change()
    {
        var made = await MakeAsync("welcome", "Hello");
        Office.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(made.UpdatedAt, Done(await EditAsync("welcome", "Hello")).UpdatedAt);
        Assert.IsType<TemplateChange.Stale>(await EditAsync("welcome", "Hello again", readTag: "00"));
        Assert.Equal(made.UpdatedAt, (await Office.Templates.FindAsync(Office.Tenant, "welcome", None))!.UpdatedAt);
        Assert.Equal(Office.Clock.GetUtcNow(), Done(await EditAsync("welcome", "Hello again")).UpdatedAt);
    }

    [Fact]
    public async Task An_edit_of_a_draft_makes_no_further_version()
    {
        await MakeAsync("welcome", "Hello");

        Assert.Equal(1, Done(await EditAsync("welcome", "Hello again")).Number);
    }

    [Fact]
    public async Task Of_two_edits_of_the_same_draft_the_second_is_told()
    {
        var read = await MakeAsync("welcome", "Hello");
        await EditAsync("welcome", "Mine", read.ContentTag);
        var second = Assert.IsType<TemplateChange.Stale>(await EditAsync("welcome", "Yours", read.ContentTag));

        Assert.Equal("Mine", second.Current.Content.Texts[0].Body);
    }

    [Fact]
    public async Task Of_many_edits_at_the_same_time_one_is_done_and_the_others_are_told()
    {
        var read = await MakeAsync("welcome", "Hello");
        var edits =
            await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => EditAsync("welcome", $"Edit {i}", read.ContentTag))));

        Assert.Single(edits.OfType<TemplateChange.Done>());
        Assert.Equal(7, edits.OfType<TemplateChange.Stale>().Count());
    }

    [Fact]
    public async Task An_alias_leads_to_one_template_of_a_tenant()
    {
        await MakeAsync("welcome");

        Assert.IsType<TemplateChange.AliasTaken>(await CreateAsync(Office.Tenant, "welcome", "Hello"));
        Assert.IsType<TemplateChange.Done>(await CreateAsync(await Office.TenantAsync("another"), "welcome", "Hello"));
    }

    [Fact]
    public async Task Another_tenants_template_is_not_there()
    {
        var made = await MakeAsync("welcome");
        var another = await Office.TenantAsync("another");

        Assert.Null(await Office.Templates.FindAsync(another, made.Id.ToString(), None));
        Assert.Null(await Office.Templates.FindVersionAsync(another, made.VersionId, None));
        Assert.IsType<TemplateChange.Missing>(await Office.Templates.RemoveAsync(another, "welcome", None));
        Assert.IsType<TemplateChange.Missing>(
            await Office.Templates.EditAsync(another, made.Id.ToString(), null, present => present, None));
    }

    [Fact]
    public async Task A_version_stays_readable_after_its_template_was_removed()
    {
        await MakeAsync("welcome", "Hello");
        var published = await PublishAsync("welcome");
        await Office.Templates.RemoveAsync(Office.Tenant, "welcome", None);

        Assert.Null(await Office.Templates.FindAsync(Office.Tenant, "welcome", None));
        Assert.Equal("Hello", (await Office.Templates.FindVersionAsync(Office.Tenant, published.VersionId, None))?.Content.Texts[0].Body);
        Assert.IsType<TemplateChange.Done>(await CreateAsync(Office.Tenant, "welcome", "Anew"));
    }

    [Fact]
    public async Task A_copy_is_a_draft_without_an_alias()
    {
        await MakeAsync("welcome", "Hello");
        await PublishAsync("welcome");
        var copy = Done(await Office.Templates.DuplicateAsync(Office.Tenant, "welcome", None));

        Assert.Equal((null, true, "Hello", "welcome (copy)"), (copy.Alias, copy.IsDraft, copy.Content.Texts[0].Body, copy.Name));
    }

    [Fact]
    public async Task What_does_not_compile_is_not_published()
    {
        await MakeAsync("welcome", "Hello {{#if name}}");
        var refused = Assert.IsType<TemplateChange.Refused>(await Office.Templates.PublishAsync(Office.Tenant, "welcome", None));

        Assert.Contains(refused.Problems, problem => problem is { IsFatal: true, Line: 1 });
        Assert.Null(await PublishedAsync("welcome"));
    }

    [Fact]
    public async Task History_names_every_version()
    {
        var made = await MakeAsync("welcome", "Hello");
        await PublishAsync("welcome");
        await EditAsync("welcome", "Hello again");

        var versions = await Office.Templates.VersionsAsync(Office.Tenant, made.Id, None);
        Assert.Equal([(2, true), (1, false)], versions.Select(version => (version.Number, version.IsDraft)));
    }

    [Fact]
    public async Task Pages_go_both_ways()
    {
        foreach (var alias in (string[])["one", "two", "three"])
        {
            await MakeAsync(alias);
            Office.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var (first, hasMore) = await Office.Templates.ListAsync(Office.Tenant, 2, after: null, before: null, None);
        var (second, _) = await Office.Templates.ListAsync(Office.Tenant, 2, after: first[^1].Id, before: null, None);
        var (back, _) = await Office.Templates.ListAsync(Office.Tenant, 2, after: null, before: second[0].Id, None);
        Assert.Equal(("three", "two", true), (first[0].Alias, first[1].Alias, hasMore));
        Assert.Equal("one", Assert.Single(second).Alias);
        Assert.Equal(first, back);
    }

    async Task<Template> MakeAsync(string alias, string body = "Hello") => Done(await CreateAsync(Office.Tenant, alias, body));

    Task<TemplateChange> CreateAsync(TenantId tenant, string alias, string body) =>
        Office.Templates.CreateAsync(tenant, alias, alias, Content(body), None);

    Task<TemplateChange> EditAsync(string alias, string body, string? readTag = null) =>
        Office.Templates.EditAsync(Office.Tenant, alias, readTag, present => present with { Content = Content(body) }, None);

    async Task<Template> PublishAsync(string alias) => Done(await Office.Templates.PublishAsync(Office.Tenant, alias, None));

    async Task<string?> PublishedAsync(string alias) =>
        (await Office.Templates.FindPublishedAsync(Office.Tenant, alias, None))?.Content.Texts[0].Body;

    static Template Done(TemplateChange change) => Assert.IsType<TemplateChange.Done>(change).Template;

    internal static TemplateContent Content(string body) =>
        new() { Format = TemplateFormat.Markdown, Texts = [new("en", "Welcome", body)] };
}
