namespace Waybill.Templates.Specs;

public class Choosing_readable_colours
{
    [Fact]
    public void Keeps_the_contrast_that_WCAG_asks_for_whatever_the_brand_chose()
    {
        for (var rgb = 0; rgb < 0x1000; rgb++)
        {
            var colour = Press.Colour($"#{rgb:x3}");
            Assert.True(BrandColour.Contrast(colour.Hex, colour.Ink) >= 4.5, $"ink {colour.Ink} on {colour.Hex}");
            Assert.True(BrandColour.Contrast(colour.Link, "#f4f1ea") >= 4.5, $"link {colour.Link} for {colour.Hex}");
            Assert.True(BrandColour.Contrast(colour.DarkLink, "#2a2e33") >= 4.5, $"link {colour.DarkLink} for {colour.Hex} in dark mode");
        }
    }

    [Fact]
    public void Leaves_a_colour_as_it_is_that_can_be_read() =>
        Assert.Equal(("#1f4e79", "#ffffff"), (Press.Colour("#1F4E79").Link, Press.Colour("#1f4e79").Ink));

    [Fact]
    public void Has_a_colour_of_its_own_where_none_was_chosen() => Assert.Equal("#1f4e79", default(BrandColour).Hex);

    [Theory]
    [InlineData("")]
    [InlineData("red")]
    [InlineData("#12")]
    [InlineData("#12345g")]
    [InlineData("#12345678")]
    [InlineData("1f4e79")]
    public void Says_how_a_colour_is_written(string text)
    {
        Assert.False(BrandColour.TryParse(text, out _, out var problem));
        Assert.Contains("#1f4e79", problem, StringComparison.Ordinal);
    }
}
