using System.Globalization;
using System.Text.Json;

namespace Waybill.Templates.Specs;

public class Writing_dates_and_amounts
{
    static string Written(string tag, string locale) =>
        Press.Render(
            Press.Html("<p>x</p>") with { Text = $"{{{{{tag}}}}}" },
            """{"d": "2026-03-05", "i": "2026-07-04T22:05:00Z", "o": "2026-07-04T22:05:00+09:00", "m": {"minor": 123456789, "currency": "EUR"}, "n": {"minor": -5, "currency": "CHF"}, "y": {"minor": 1500, "currency": "JPY"}, "k": {"minor": 1500, "currency": "KWD"}}""", locale).Text;

    [Theory]
    [InlineData("date d", "en", "5 March 2026")]
    [InlineData("date d", "en-US", "March 5, 2026")]
    [InlineData("date d", "de", "5. März 2026")]
    [InlineData("date d", "fr", "2026-03-05")]
    [InlineData("date i format=\"datetime\"", "ja", "2026-07-05 00:05")]
    [InlineData("date d format=\"short\"", "en", "5 Mar 2026")]
    [InlineData("date d format=\"short\"", "de-AT", "05.03.2026")]
    [InlineData("date d format=\"weekday\"", "de", "Donnerstag, 5. März 2026")]
    [InlineData("date d format=\"datetime\"", "en", "5 March 2026")]
    [InlineData("date d format=\"time\"", "en", "")]
    [InlineData("date i", "en", "5 July 2026")]
    [InlineData("date i format=\"time\"", "en", "00:05")]
    [InlineData("date i format=\"datetime\"", "en-US", "July 5, 2026, 12:05 AM")]
    [InlineData("date o format=\"datetime\"", "de-CH", "4. Juli 2026, 15:05")]
    [InlineData("date i format=\"iso\"", "de", "2026-07-05 00:05")]
    [InlineData("date nothing", "de", "")]
    [InlineData("money m", "en", "EUR\u00a01,234,567.89")]
    [InlineData("money m", "de", "1.234.567,89\u00a0EUR")]
    [InlineData("money m", "de-CH", "EUR\u00a01’234’567.89")]
    [InlineData("money n", "en", "CHF\u00a0−0.05")]
    [InlineData("money y", "en", "JPY\u00a01,500")]
    [InlineData("money k", "de", "1,500\u00a0KWD")]
    [InlineData("money m.minor currency=\"USD\"", "en", "USD\u00a01,234,567.89")]
    [InlineData("money nothing", "en", "")]
    public void Follows_the_locale_and_the_time_zone_of_the_mail(string tag, string locale, string text) =>
        Assert.Equal(text, Written(tag, locale));

    [Fact]
    public void Does_not_follow_the_machine()
    {
        var template = Press.Compile(Press.Markdown("{{date i}} {{money m}} {{x}}\n\n{{#each l}}\n1. {{this}}\n{{/each}}", "S {{i}}"));
        var data =
            JsonElement.Parse("""{"i": "2026-07-04T22:05:00Z", "m": {"minor": -123456, "currency": "EUR"}, "x": 1.5, "l": [1, 2]}""");
        var mails = new List<Rendering>();
        foreach (var culture in new[] { "en-US", "de-DE", "ar-SA", "tr-TR", "fa-IR", "th-TH" })
        {
            var thread =
                new Thread(
                    () => mails.Add(template.Render(data, Press.Brand, new("de", Press.Zurich))))
                {
                    CurrentCulture =
                        new CultureInfo(culture),
                    CurrentUICulture = new CultureInfo(culture)
                };
            thread.Start();
            thread.Join();
        }

        Assert.Single(mails.Distinct());
    }
}
