using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Mails;

public partial class Sixty_mails
{
    /// <summary>Gmail shows no more.</summary>
    const int MostThatGmailShows = 102 * 1024;

    static readonly string[] Schemes = ["https", "http", "mailto", "tel"];

    public static TheoryData<string> Names => MailSet.Names;

    [Fact]
    public void Are_sixty_and_two() => Assert.Equal(62, MailSet.All.Count);

    [Theory, MemberData(nameof(Names))]
    public void Have_nothing_that_publishing_would_complain_about(string name) => Assert.Empty(MailSet.ProblemsOf(MailSet.Named(name)));

    [Theory, MemberData(nameof(Names))]
    public void Are_shown_whole_by_Gmail(string name) =>
        Assert.InRange(Encoding.UTF8.GetByteCount(MailSet.Named(name).Rendered.Html), 1, MostThatGmailShows);

    [Theory, MemberData(nameof(Names))]
    public void Tell_a_screen_reader_what_they_are_and_how_they_are_read(string name)
    {
        var mail = MailSet.Named(name);
        var article = Assert.Single(Read(mail).QuerySelectorAll("[role=article]"));

        Assert.Equal(mail.Rendered.Subject, article.GetAttribute("aria-label"));
        Assert.Equal(mail.Source.Locale, article.GetAttribute("lang"));
        Assert.Equal(mail.Source.Locale, article.Owner!.DocumentElement.GetAttribute("lang"));
        Assert.Equal(mail.Source.Locale is "ar" or "he" ? "rtl" : "ltr", article.GetAttribute("dir"));
    }

    [Theory, MemberData(nameof(Names))]
    public void Have_tables_that_are_either_layout_or_have_heads(string name) =>
        Assert.All(
            Read(MailSet.Named(name)).QuerySelectorAll("table"),
            table => Assert.NotEqual(table.GetAttribute("role") == "presentation", HasHeads(table)));

    [Theory, MemberData(nameof(Names))]
    public void Have_pictures_that_say_what_they_show_and_fit_any_screen(string name) =>
        Assert.All(Read(MailSet.Named(name)).QuerySelectorAll("img"), picture =>
        {
            Assert.NotEmpty(picture.GetAttribute("alt")!);
            Assert.Contains("max-width:100%", picture.GetAttribute("style"), StringComparison.Ordinal);
        });

    [Theory, MemberData(nameof(Names))]
    public void Lead_only_where_a_mail_may_lead(string name) =>
        Assert.All(Read(MailSet.Named(name)).QuerySelectorAll<IHtmlAnchorElement>("a"), link =>
        {
            Assert.Contains(new Uri(link.GetAttribute("href")!).Scheme, Schemes);
            Assert.NotEmpty(link.TextContent.Trim());
        });

    [Theory, MemberData(nameof(Names))]
    public void Ask_for_no_more_room_than_the_sheet_has(string name)
    {
        var widths = FixedWidth().Matches(MailSet.Named(name).Rendered.Html).Select(match => int.Parse(match.Groups["pixels"].Value, null));

        Assert.All(widths, width => Assert.InRange(width, 0, 560));
    }

    [Theory, MemberData(nameof(Names))]
    public void Say_every_word_and_every_link_in_the_text_too(string name)
    {
        var mail = MailSet.Named(name);
        var article = Read(mail).QuerySelector("[role=article]")!;
        var said = Words(mail.Rendered.Text).ToHashSet(StringComparer.Ordinal);
        var text = string.Concat(mail.Rendered.Text.Where(sign => !char.IsWhiteSpace(sign)));

        var pictures = article.QuerySelectorAll("img").Select(picture => picture.GetAttribute("alt")!);
        var shown = article.Descendants<IText>().Select(node => node.Text).Concat(pictures);
        var links = article.QuerySelectorAll("a")
            .Select(link => link.GetAttribute("href")!.Replace("mailto:", "", StringComparison.Ordinal));

        Assert.Empty(Words(string.Join(' ', shown)).Except(said));
        Assert.All(links, link => Assert.Contains(link, text, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void Keep_their_text_within_78_columns_but_for_long_words_and_code(string name) =>
        Assert.All(
            MailSet.Named(name).Rendered.Text.Split('\n')
                .Where(line => line.Length > 78 && !line.StartsWith("    ", StringComparison.Ordinal)),
            line => Assert.DoesNotContain(' ', line.Trim()));

    [Fact]
    public async Task Are_read_by_Python_without_a_defect()
    {
        using var folder = new TemporaryFolder();
        var paths = await Task.WhenAll(MailSet.All.Select(mail => SaveAsync(mail, folder.Path)));
        var run =
            await ProgramRun.OfAsync("/usr/bin/python3", [Repository.PathOf("tests/Waybill.Mime.Specs/Judges/read_message.py"), .. paths]);
        var lines = run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var read = lines.Select(line => JsonSerializer.Deserialize<Reading>(line, JsonSerializerOptions.Web)!).ToList();

        Assert.Equal("", run.Complaints);
        Assert.All(read.Zip(MailSet.All), pair =>
        {
            Assert.Empty(pair.First.Defects);
            Assert.Equal(pair.Second.Rendered.Subject, pair.First.Subject);
            Assert.Equal(pair.Second.Rendered.Html.TrimEnd(), pair.First.Html.ReplaceLineEndings("\n").TrimEnd());
            Assert.Equal(pair.Second.Rendered.Text.TrimEnd(), pair.First.Text.ReplaceLineEndings("\n").TrimEnd());
        });
    }

    static async Task<string> SaveAsync(SampleMail mail, string folder)
    {
        var path = Path.Combine(folder, $"{mail.Name}.eml");
        await File.WriteAllBytesAsync(path, await mail.ComposeAsync());
        return path;
    }

    static bool HasHeads(IElement table) =>
        table.Children.SelectMany(body => body.Children).Any(row => row.QuerySelector(":scope > th[scope]") is not null);

    static IHtmlDocument Read(SampleMail mail) => new HtmlParser().ParseDocument(mail.Rendered.Html);

    static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<![-\w])width(=""|:)(?<pixels>\d+)(px|"")", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FixedWidth();

    sealed record Reading(string[] Defects, string Subject, string Text, string Html);
}
