using AngleSharp.Html.Parser;

namespace Waybill.Templates.Specs;

public class Escaping_by_position
{
    const string Evil =
        """{"x": "[x](http://evil.example) <img src=x onerror=alert(1)> \"'&amp; **b** | `c`\r\nBcc: eve@evil.example", "u": "JaVaScRiPt:alert(1)"}""";

    [Fact]
    public void Leaves_a_hostile_name_text_in_every_part()
    {
        var mail = Press.Render(
            Press.Markdown(
                "# {{x}}\n\nDear **{{x}}** [{{x}}](https://a.example/?q={{x}})\n\n| a |\n|---|\n| {{x}} |\n\n`{{x}}`\n\n- {{x}}",
                "For {{x}}"),
            Evil);
        var page = new HtmlParser().ParseDocument(mail.Html);

        Assert.Empty(page.QuerySelectorAll("img, script"));
        Assert.Equal("https://a.example/?q=", page.QuerySelector("td.wb-ink a")!.GetAttribute("href")![..21]);
        Assert.DoesNotContain(
            "evil.example",
            string.Concat(page.QuerySelectorAll("a").Select(link => new Uri(link.GetAttribute("href")!).Host)),
            StringComparison.Ordinal);
        Assert.Equal("For [x](http://evil.example) <img src=x onerror=alert(1)> \"'&amp; **b** | `c` Bcc: eve@evil.example", mail.Subject);
        Assert.Contains("[x](http://evil.example) <img src=x", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("<img src=x onerror=alert(1)>", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)", "#")]
    [InlineData(" JAVASCRIPT:alert(1)", "#")]
    [InlineData("java\tscript:alert(1)", "#")]
    [InlineData("data:text/html,<b>", "#")]
    [InlineData("//evil.example", "#")]
    [InlineData("https:///evil", "#")]
    [InlineData("", "#")]
    [InlineData("https://a.example/?a=1&b=\"2\"", "https://a.example/?a=1&b=%222%22")]
    [InlineData("mailto:ann@example.org", "mailto:ann@example.org")]
    [InlineData("tel:+41441234567", "tel:+41441234567")]
    [InlineData("https://a.example/x y\u202e<z>", "https://a.example/x%20y%E2%80%AE%3Cz%3E")]
    [InlineData("HTTPS://ä.example/ü", "HTTPS://ä.example/ü")]
    public void Lets_a_link_lead_only_where_a_mail_may(string url, string href)
    {
        var data = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["u"] = url });
        foreach (var source in new[] { Press.Markdown("[go]({{u}})"), Press.Html("<td class='wb-ink'><a href='{{u}}'>go</a></td>"),
            Press.Markdown("{{> button label=\"go\" url=u}}") })
        {
            var link = new HtmlParser().ParseDocument(Press.Render(source, data).Html).QuerySelectorAll("a")
                .First(a => a.TextContent == "go");
            Assert.Equal(href, link.GetAttribute("href"));
        }
    }

    [Fact]
    public void Encodes_a_value_inside_a_link_that_begins_with_something_fixed() =>
        Assert.Contains(
            "href=\"https://a.example/o/a%20b/%3F%26%23?q=a%2Fb%26c&amp;r=1\"",
            Press.Render(Press.Markdown("[go](https://a.example/o/{{p}}?q={{q}}&r=1)"), """{"p": "a b/?&#", "q": "a/b&c"}""").Html,
            StringComparison.Ordinal);

    [Fact]
    public void Does_not_let_an_address_bring_headers_into_a_mailto() =>
        Assert.Contains(
            "href=\"mailto:a@b.example%3Fbcc%3Deve@evil.example\"",
            Press.Render(Press.Markdown("[write](mailto:{{a}})"), """{"a": "a@b.example?bcc=eve@evil.example"}""").Html,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("a\u202eb", "ab")]
    [InlineData("a\\u0000\\u0007b", "a  b")]
    [InlineData("a\\ufdd0b", "a\ufffdb")]
    [InlineData("a\\ud83d\\ude00b", "a😀b")]
    [InlineData("\\ud800", "\ufffd")]
    [InlineData("a\\u0085b\\u2028c", "a\nb\u2028c")]
    public void Makes_signs_harmless_that_turn_or_break_text(string json, string text) =>
        Assert.Contains(
            $"<p>{text}</p>", Press.Render(Press.Html("<p>{{x}}</p>"), $$"""{"x": "{{json}}"}""").Html, StringComparison.Ordinal);

    /// <summary>Also those of the template itself, which older versions took.</summary>
    [Theory]
    [InlineData("Hi\u2028\u202e{{x}}", "Hi Ann")]
    [InlineData("\u200f{{x}}\u200e \u2066INV\u2069", "\u200fAnn\u200e \u2066INV\u2069")]
    public void Leaves_none_in_a_subject(string subject, string written) =>
        Assert.Equal(written, Press.Render(Press.Html("<p>{{x}}</p>") with { Subject = subject }, """{"x": "Ann"}""").Subject);

    [Theory]
    [InlineData("<p title=\"{{x}}\">{{x}}</p>")]
    [InlineData("<p title='{{x}}'>{{x}}</p>")]
    [InlineData("<p class=\"a {{#if x}}{{x}}{{/if}}\">{{{x}}}</p>")]
    [InlineData("<title>{{x}}</title><p>{{x}}</p>")]
    public void Keeps_a_value_inside_its_attribute_in_html(string body)
    {
        var page = new HtmlParser().ParseDocument(Press.Render(Press.Html(body), Evil).Html);

        Assert.Empty(page.QuerySelectorAll("img"));
        Assert.Single(page.QuerySelectorAll("p"));
        Assert.All(page.QuerySelectorAll("p")[0].Attributes, attribute => Assert.Contains(attribute.Name, new[] { "title", "class" }));
    }

    [Theory]
    [InlineData("<p style=\"color:{{x}}\">a</p>", 1, 17, "in a style")]
    [InlineData("<style>p{color:{{x}}}</style>", 1, 16, "in a style")]
    [InlineData("<script>{{x}}</script>", 1, 1, "<script>")]
    [InlineData("<p>a</p>\n<!-- {{x}} -->", 2, 6, "in a comment")]
    [InlineData("<{{x}}>a</p>", 1, 1, "name of an element")]
    [InlineData("<p{{x}}>a</p>", 1, 2, "name of this element")]
    [InlineData("<p {{x}}=\"a\">a</p>", 1, 4, "attribute's name")]
    [InlineData("<p title={{x}}>a</p>", 1, 10, "quotation marks")]
    [InlineData("<p onclick=\"a()\">a</p>", 1, 4, "onclick")]
    [InlineData("<p>\n<a href=\"javascript:x()\">a</a></p>", 2, 4, "must not")]
    [InlineData("<a href=\"java&#115;cript:x()\">a</a>", 1, 4, "must not")]
    [InlineData("<a href=\"/home\">a</a>", 1, 4, "relative")]
    [InlineData("<form action=\"https://a.example\"></form>", 1, 1, "<form>")]
    [InlineData("<iframe src=\"https://a.example\"></iframe>", 1, 1, "<iframe>")]
    [InlineData("<svg><a/></svg>", 1, 1, "<svg>")]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0;url=x\">", 1, 1, "<meta>")]
    [InlineData("<p style=\"width:expression(1)\">a</p>", 1, 4, "expression(")]
    [InlineData("<p style=\"background:url(javascript:1)\">a</p>", 1, 4, "javascript:")]
    [InlineData("<style>@im/**/port 'x'; a{b:exp/* */ression(1)}</style>", 1, 8, "expression(")]
    [InlineData("<table>{{#if a}}<tr><td>{{/if}}</td></tr></table>", 1, 25, "closed")]
    [InlineData("<div>{{#if a}}</div>{{/if}}", 1, 15, "whole elements")]
    [InlineData("<p>a", 0, 0, "")]
    [InlineData("<p a=\"x>a</p>", 1, 1, "never closed")]
    [InlineData("<p title=\"{{#if a}}x\">a{{/if}}</p>", 1, 11, "does not end there")]
    [InlineData("<!-- a", 1, 1, "never closed")]
    public void Refuses_in_html_what_no_mail_may_hold(string body, int line, int column, string hint)
    {
        if (line == 0)
        {
            _ = Press.Compile(Press.Html(body));
            return;
        }

        var problem = Press.Refusals(Press.Html(body))[0];
        Assert.Contains(hint, problem.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (problem.Line, problem.Column));
    }

    [Fact]
    public void Takes_html_in_Markdown_for_text() =>
        Assert.Contains(
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            Press.Render(Press.Markdown("a <script>alert(1)</script>")).Html,
            StringComparison.Ordinal);
}
