using Waybill.Engine.Brands;
using Waybill.Engine.Catalogue;
using Waybill.Templates;
using Xunit;

namespace Waybill.Engine.Specs.Catalogue;

public class Templates_that_ship
{
    public static readonly TheoryData<string> Names = [.. ShippedTemplates.OfEngine.Select(shipped => shipped.Alias)];

    [Fact]
    public void Are_the_mails_about_accounts() => Assert.Equal(
        ["accounts.invite", "accounts.password-changed", "accounts.reset", "accounts.sign-in-code", "accounts.verify",
            "accounts.wrong-codes"],
        ShippedTemplates.OfEngine.Select(shipped => shipped.Alias));

    [Theory, MemberData(nameof(Names))]
    public void Have_nothing_that_publishing_would_complain_about(string name)
    {

        Assert.Empty(
            TemplateChecks.Check(
                Shipped(name).Content.Sources(name), ["en", "de"], new() { Name = "Waybill", Colour = BrandFaces.Standard }));
    }

    [Theory]
    [InlineData("accounts.invite", "url", "7.00:00")]
    [InlineData("accounts.reset", "url", "01:00")]
    [InlineData("accounts.verify", "url", "1.00:00")]
    [InlineData("accounts.sign-in-code", "code", "00:10")]
    public void Keep_what_opens_an_account_secret_and_no_longer_than_it_works(string name, string path, string lifetime)
    {
        var secret = Assert.Single(Shipped(name).Content.Variables, variable => variable.IsSecret);

        Assert.Equal((path, TimeSpan.Parse(lifetime, null)), (secret.Path, secret.Lifetime));
    }

    [Theory]
    [InlineData("Wrong/Head/", "Wrong/Head/greeting.en.md(1,1): The subject is missing")]
    [InlineData("Wrong/Locales/", "greeting.de.md: name is not declared as in en")]
    public void Say_where_one_is_wrong(string folder, string complaint)
    {
        var thrown = Assert.Throws<InvalidDataException>(() => ShippedTemplates.Read(typeof(Templates_that_ship).Assembly, folder));

        Assert.StartsWith(complaint, thrown.Message, StringComparison.Ordinal);
    }

    static ShippedTemplate Shipped(string name) => ShippedTemplates.OfEngine.Single(shipped => shipped.Alias == name);
}
