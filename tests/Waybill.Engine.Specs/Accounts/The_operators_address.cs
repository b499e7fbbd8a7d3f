using System.Text.Json;
using Waybill.Engine.Brands;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Composing;
using Waybill.Engine.Messages;
using Waybill.Engine.Routing;
using Waybill.Engine.Specs.Databases;
using Waybill.Mime.Addresses;
using Waybill.Templates;
using Xunit;

namespace Waybill.Engine.Specs.Accounts;

public sealed class The_operators_address_on_Sqlite() : The_operators_address(Provider.Sqlite);

public sealed class The_operators_address_on_Postgres() : The_operators_address(Provider.Postgres);

/// <summary>Where answers go that no brand wants for itself (product, ruling 22, its last step).</summary>
public abstract class The_operators_address(Provider provider) : HouseholdContract(provider)
{
    OperatorAddress Address => new(Database, Office.Clock);

    [Fact]
    public async Task Gets_the_answers_to_mails_of_a_brand_that_says_nothing_of_them()
    {
        await Address.FillAsync("ops@example.org", None);
        await Office.Brands.CreateAsync(Office.Tenant, "shop", new() { Name = "Court Side" }, logo: null, null, None);

        Assert.Equal("ops@example.org", await ReplyToAsync(brand: null));
        Assert.Equal("ops@example.org", await ReplyToAsync("shop"));
    }

    [Theory]
    [InlineData("reply@court.example", "help@court.example", "reply@court.example")]
    [InlineData(null, "help@court.example", "help@court.example")]
    public async Task Gets_none_that_a_brand_wants_for_itself(string? replyTo, string support, string expected)
    {
        await Address.FillAsync("ops@example.org", None);
        await Office.Brands.CreateAsync(
            Office.Tenant, "shop", new() { Name = "Court Side", ReplyTo = replyTo, SupportEmail = support }, logo: null, null, None);

        Assert.Equal(expected, await ReplyToAsync("shop"));
    }

    [Fact]
    public async Task Is_another_within_five_seconds_of_being_set_on_another_node()
    {
        Assert.Null(await ReplyToAsync(brand: null));
        await Address.SetAsync("new@example.org", None);

        Office.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("new@example.org", await ReplyToAsync(brand: null));
    }

    async Task<string?> ReplyToAsync(string? brand)
    {
        await Office.Templates.CreateAsync(
            Office.Tenant, "Hello", "hello", new() { Format = TemplateFormat.Markdown, Texts = [new("en", "Hello", "Hello.")] }, None);
        Assert.IsType<TemplateChange.Done>(await Office.Templates.PublishAsync(Office.Tenant, "hello", None));
        var writing = await Office.Writer.WriteAsync(
            Office.Tenant,
            new TemplatedMail
            {
                Template = "hello",
                Brand = brand,
                Data = JsonElement.Parse("{}"),
                Stream = Streams.Api.Name,
                Recipients = [new Recipient(0, RecipientKind.To, Mailbox.Parse("ann@example.org"))],
            },
            None);
        return Assert.IsType<Writing.Written>(writing).Message.ReplyTo.SingleOrDefault()?.ToString();
    }
}
