using Waybill.Engine.Catalogue;
using Waybill.Engine.Composing;
using Waybill.Engine.Specs.Databases;
using Waybill.Templates;
using Xunit;

namespace Waybill.Engine.Specs.Catalogue;

public sealed class Partials_of_a_tenant_in_Sqlite() : Partials_of_a_tenant(Provider.Sqlite);

public sealed class Partials_of_a_tenant_in_Postgres() : Partials_of_a_tenant(Provider.Postgres);

public abstract class Partials_of_a_tenant(Provider provider) : DatabaseContract(provider)
{
    [Fact]
    public async Task Are_published_templates_whose_alias_begins_with_partial()
    {
        await PublishAsync("partial.closing", "See you in the shop.");

        Assert.Contains("See you in the shop.", await ShownAsync("welcome", "Hello\n\n{{> closing}}\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task May_use_others()
    {
        await PublishAsync("partial.hours", "Open from nine.");
        await PublishAsync("partial.closing", "See you.\n\n{{> hours}}\n");

        Assert.Contains("Open from nine.", await ShownAsync("welcome", "{{> closing}}\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_no_mail_until_the_template_is_published_again()
    {
        await PublishAsync("partial.closing", "See you.");
        await PublishAsync("welcome", "{{> closing}}\n");
        await PublishAsync("partial.closing", "Goodbye.");
        var before = await SentAsync("welcome");
        var again = Done(await Office.Templates.PublishAsync(Office.Tenant, "welcome", None));

        Assert.Equal(("See you.", "Goodbye.", 2), (before, await SentAsync("welcome"), again.Number));
    }

    [Fact]
    public async Task Leave_a_template_that_is_published_again_as_it_is_where_none_changed()
    {
        await PublishAsync("partial.closing", "See you.");
        await PublishAsync("welcome", "{{> closing}}\n");

        Assert.Equal(1, Done(await Office.Templates.PublishAsync(Office.Tenant, "welcome", None)).Number);
    }

    [Fact]
    public async Task Are_not_part_of_what_is_edited()
    {
        await PublishAsync("partial.closing", "See you.");
        await PublishAsync("welcome", "{{> closing}}\n");
        var untouched =
            Done(
                await Office.Templates.EditAsync(
                    Office.Tenant, "welcome", null, present => present with { Content = Content("{{> closing}}\n") }, None));

        Assert.Equal((1, false), (untouched.Number, untouched.IsDraft));
    }

    [Fact]
    public async Task Speak_the_language_of_the_mail()
    {
        await PublishAsync(
            "partial.closing", Content("See you.") with { Texts = [new("en", "x", "See you."), new("de", "x", "Bis bald.")] });
        var content =
            Content("{{> closing}}\n") with { Texts = [new("en", "Hi", "{{> closing}}\n"), new("de-CH", "Hoi", "{{> closing}}\n")] };
        await PublishAsync("welcome", content);

        Assert.Equal(
            "Bis bald.",
            (await Office.Templates.FindPublishedAsync(Office.Tenant, "welcome", None))!.Content.Texts[1].Partials!["closing"]);
    }

    [Fact]
    public async Task Are_named_with_line_and_column_where_they_are_missing() => Assert.Equal(
        (3, 1, "There is no partial called closing"), Told(await RefusedAsync("Hello\n\n{{> closing}}\n")));

    [Fact]
    public async Task Of_another_tenant_are_missing()
    {
        var another = await Office.TenantAsync("another");
        await Office.Templates.CreateAsync(another, "closing", "partial.closing", Content("See you."), None);
        await Office.Templates.PublishAsync(another, "partial.closing", None);

        Assert.StartsWith("There is no partial called closing", (await RefusedAsync("{{> closing}}\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_use_themselves_cannot_be_published()
    {
        await PublishAsync("partial.a", "A");
        await PublishAsync("partial.b", "{{> a}}\n");
        await Office.Templates.EditAsync(
            Office.Tenant, "partial.a", null, present => present with { Content = Content("{{> b}}\n") }, None);
        var refused = Assert.IsType<TemplateChange.Refused>(await Office.Templates.PublishAsync(Office.Tenant, "partial.a", None));

        Assert.Contains("uses itself: b → a → b", refused.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_written_in_the_format_of_the_template()
    {
        await PublishAsync("partial.closing", Content("<p>See you.</p>") with { Format = TemplateFormat.Html });

        Assert.Equal(
            "The partial closing is written in Html, and this template in Markdown: write both in one.",
            (await RefusedAsync("{{> closing}}\n")).Message);
    }

    [Fact]
    public async Task Are_not_more_than_fifty()
    {
        for (var i = 0; i <= 50; i++) await PublishAsync($"partial.p{i}", "x");
        var body = string.Concat(Enumerable.Range(0, 51).Select(i => $"{{{{> p{i}}}}}\n\n"));

        Assert.Equal("More than 50 partials are used: use fewer.", (await RefusedAsync(body)).Message);
    }

    async Task<TemplateProblem> RefusedAsync(string body)
    {
        await Office.Templates.CreateAsync(Office.Tenant, "welcome", "welcome", Content(body), None);
        return Assert.IsType<TemplateChange.Refused>(await Office.Templates.PublishAsync(Office.Tenant, "welcome", None)).Problems[0];
    }

    async Task<string> ShownAsync(string alias, string body)
    {
        await PublishAsync(alias, body);
        var template = (await Office.Templates.FindAsync(Office.Tenant, alias, None))!;
        return Assert.IsType<Preview.Shown>(
            await Office.Previewing.PreviewAsync(Office.Tenant, template, new PreviewWish(), None)).Parts.Text!;
    }

    async Task<string> SentAsync(string alias) =>
        (await Office.Templates.FindPublishedAsync(Office.Tenant, alias, None))!.Content.Texts[0].Partials!["closing"];

    Task PublishAsync(string alias, string body) => PublishAsync(alias, Content(body));

    async Task PublishAsync(string alias, TemplateContent content)
    {
        if (await Office.Templates.FindAsync(Office.Tenant, alias, None) is null)
            await Office.Templates.CreateAsync(Office.Tenant, alias, alias, content, None);
        else await Office.Templates.EditAsync(Office.Tenant, alias, null, present => present with { Content = content }, None);
        Done(await Office.Templates.PublishAsync(Office.Tenant, alias, None));
    }

    static (int Line, int Column, string Beginning) Told(TemplateProblem problem) =>
        (problem.Line, problem.Column, problem.Message.Split(':')[0]);

    static Template Done(TemplateChange change) => Assert.IsType<TemplateChange.Done>(change).Template;

    static TemplateContent Content(string body) => Editing_templates.Content(body);
}
