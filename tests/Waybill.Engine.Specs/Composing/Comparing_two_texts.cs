using Waybill.Engine.Composing;
using Xunit;

namespace Waybill.Engine.Specs.Composing;

public class Comparing_two_texts
{
    [Fact]
    public void Says_nothing_where_nothing_differs() => Assert.Equal("", LineDifference.Of("a\nb\n", "a\nb\n"));

    [Fact]
    public void Shows_what_went_and_what_came_with_two_lines_around() =>
        Assert.Equal("  3\n  4\n- 5\n+ five\n  6\n  7\n", LineDifference.Of("1\n2\n3\n4\n5\n6\n7\n8\n9", "1\n2\n3\n4\nfive\n6\n7\n8\n9"));

    [Fact]
    public void Marks_what_it_left_out_between_two_places() =>
        Assert.Contains("…\n", LineDifference.Of("a\n1\n2\n3\n4\n5\n6\nb", "A\n1\n2\n3\n4\n5\n6\nB"), StringComparison.Ordinal);

    [Fact]
    public void Finds_the_lines_of_html_that_has_none() =>
        Assert.Equal(
            "  <p>\n  <b>a</b>\n- <i>b</i>\n+ <i>c</i>\n  </p>\n",
            LineDifference.OfHtml("<p><b>a</b><i>b</i></p>", "<p><b>a</b><i>c</i></p>"));

    [Fact]
    public void Gives_up_in_words_where_there_is_too_much() =>
        Assert.Contains(
            "too many to compare", LineDifference.Of(string.Join('\n', Enumerable.Range(0, 5_000)), "x"), StringComparison.Ordinal);
}
