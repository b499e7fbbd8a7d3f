using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Waybill.Templates.Specs;

public class The_default_layout
{
    static IDocument Page(BrandFace brand, string locale = "en", string? unsubscribe = null, string? preheader = null) =>
        new HtmlParser().ParseDocument(Assert.IsType<Rendering.Rendered>(
            Press.Compile(
                Press.Markdown(
                    "# Paid\n\n[link](https://a.example)\n\n{{> button label=\"Go\" url=\"https://a.example\"}}\n\n{{#> facts}}\nTotal: "
                        + "7\n{{/facts}}", "Paid & <done>") with
                { Preheader = preheader })
                .Render(default, brand, new(locale, Press.Zurich) { UnsubscribeUrl = unsubscribe })).Html);

    [Fact]
    public void Names_its_language_direction_and_title()
    {
        var page = Page(Press.Brand, "ar");

        Assert.Equal(
            ("ar", "rtl", "Paid & <done>"),
            (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir"), page.Title));
        Assert.Equal("Paid & <done>", page.QuerySelector("[role=article]")!.GetAttribute("aria-label"));
    }

    [Fact]
    public void Tells_screen_readers_which_tables_are_none() =>
        Assert.Equal(
            ["Total"],
            Page(Press.Brand).QuerySelectorAll("table:not([role=presentation])")
                .Select(table => table.QuerySelector("th[scope=row]")!.TextContent));

    [Fact]
    public void Shows_the_logo_with_its_words_or_the_name()
    {
        var logo = Page(Press.Brand with { Logo = new("logo@x", 120, 40, "Strings & co") }).QuerySelector("img")!;

        Assert.Equal(
            ("cid:logo@x", "120", "40", "Strings & co"),
            (logo.GetAttribute("src"), logo.GetAttribute("width"), logo.GetAttribute("height"), logo.GetAttribute("alt")));
        Assert.Empty(Page(Press.Brand).QuerySelectorAll("img"));
    }

    [Fact]
    public void Carries_the_brands_colour_where_style_sheets_are_dropped()
    {
        var page = Page(Press.Brand with { Colour = Press.Colour("#ff0") });

        Assert.Contains(
            "background-color:#ffff00", page.QuerySelector("td[bgcolor='#ffff00']")!.GetAttribute("style"), StringComparison.Ordinal);
        Assert.Contains(
            $"color:{Press.Colour("#ff0").Link}",
            page.QuerySelector("td.wb-ink a.wb-link")!.GetAttribute("style"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Questions? Write to help@strings.example", "Unsubscribe")]
    [InlineData("de-CH", "Fragen? Schreiben Sie an help@strings.example", "Abmelden")]
    public void Speaks_the_locale_of_the_mail(string locale, string questions, string unsubscribe)
    {
        var page = Page(Press.Brand, locale, "https://a.example/unsubscribe/x");

        Assert.Contains(questions, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            "https://a.example/unsubscribe/x",
            page.QuerySelectorAll("a").Single(link => link.TextContent == unsubscribe).GetAttribute("href"));
    }

    [Fact]
    public void Leaves_out_what_a_brand_has_not()
    {
        var text = Page(new BrandFace { Name = "Acme", Colour = default }).Body!.TextContent;

        Assert.DoesNotContain("Questions", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Unsubscribe", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hides_the_preheader_before_everything_else() =>
        Assert.StartsWith(
            "Keep it <b>", Page(Press.Brand, preheader: "Keep it <b>").Body!.Children[0].TextContent, StringComparison.Ordinal);

    [Fact]
    public void Does_not_let_a_brand_bring_markup_in()
    {
        var page =
            Page(
                new BrandFace
                {
                    Name = "<img src=x>",
                    Colour = default,
                    Footer = "<script>",
                    SupportUrl = "javascript:alert(1)",
                    Intro = "<b>"
                });

        Assert.Empty(page.QuerySelectorAll("img, script, b"));
        Assert.DoesNotContain(page.QuerySelectorAll("a"), link => link.GetAttribute("href")!.StartsWith("java", StringComparison.Ordinal));
    }
}
