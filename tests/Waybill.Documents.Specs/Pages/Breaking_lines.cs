using FsCheck;
using FsCheck.Fluent;
using Waybill.Documents.Fonts;
using Waybill.Documents.Pdf;

namespace Waybill.Documents.Specs.Pages;

public class Breaking_lines
{
    static readonly TextStyle Style = new(Face.Regular, 10);

    [Fact]
    public void Breaks_between_words_before_the_line_is_full()
    {
        var lines = Paragraph.Break("one two three four five six", Style, Style.Face.WidthOf("one two three", 10) + 1);

        Assert.Equal(["one two three", "four five six"], lines);
    }

    [Fact]
    public void Breaks_within_a_word_that_is_wider_than_a_line() =>
        Assert.Equal(["aaaa", "aaaa", "aa"], Paragraph.Break("aaaaaaaaaa", Style, Style.Face.WidthOf("aaaa", 10) + 1));

    [Fact]
    public void Keeps_the_breaks_of_the_text() => Assert.Equal(["one", "", "two"], Paragraph.Break("one\r\n\ntwo", Style, 100));

    [Fact]
    public void Ends_in_an_ellipsis_where_lines_are_left()
    {
        var lines = Paragraph.Break("one two three four five six", Style, Style.Face.WidthOf("four five six", 10), most: 1);

        Assert.Equal("one two…", Assert.Single(lines));
    }

    [Theory]
    [InlineData("short", 28)]
    [InlineData("a name that is as long as some names are", 12)]
    public void Takes_the_largest_size_that_fits(string text, double size) =>
        Assert.Equal(size, Paragraph.Fit(text, Face.Bold, 260, 28, 20, 12));

    [Fact]
    public void No_line_is_wider_than_asked_for_and_none_is_beyond_the_most() =>
        Prop.ForAll<NonNull<string>, PositiveInt, PositiveInt>((text, width, most) =>
    {
        var widest = 20 + width.Get % 200;
        var lines = Paragraph.Break(text.Get, Style, widest, most.Get);
        return lines.Count <= most.Get && lines.All(line => Style.Face.WidthOf(line, 10) <= widest + 0.01);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Loses_no_character_but_blanks() => Prop.ForAll<NonNull<string>, PositiveInt>((text, width) =>
        Dense(string.Concat(Paragraph.Break(text.Get, Style, 20 + width.Get % 200))) == Dense(Face.Settled(text.Get)))
            .QuickCheckThrowOnFailure();

    static string Dense(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
