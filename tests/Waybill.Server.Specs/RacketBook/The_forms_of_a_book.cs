using System.Net;
using System.Text.RegularExpressions;

namespace Waybill.Server.Specs.RacketBook;

[Collection(nameof(Shop))]
public sealed class The_forms_of_a_book(Shop shop)
{
    [Fact]
    public async Task Tell_the_second_editor_of_an_order()
    {
        var order = await Shop.WriteJobAsync(shop.Owner, Shop.Job());
        var version = Version((await shop.Owner.GetAsync(order + "/edit")).Text);
        (await shop.Owner.PostAsync(order + "/edit", new() { ["labour"] = "26", ["version"] = version })).Dispose();
        await shop.Owner.GetAsync(order + "/edit");

        using var second = await shop.Owner.PostAsync(order + "/edit", new() { ["labour"] = "27", ["version"] = version });
        var page = await shop.Owner.ReadAsync(second);

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains("- Labour, CHF: 26", page, StringComparison.Ordinal);
        Assert.Contains("+ Labour, CHF: 27", page, StringComparison.Ordinal);
        Assert.Contains("value=\"27\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warn_that_an_edit_mails_the_client_again_and_count_it()
    {
        var order = await Shop.WriteJobAsync(shop.Owner, Shop.Job(("then", "strung")));
        var edit = await shop.Owner.GetAsync(order + "/edit");
        Assert.Contains("Ann Meier gets it by mail again", edit.Text, StringComparison.Ordinal);

        (await shop.Owner.PostAsync(order + "/edit", new() { ["labour"] = "28", ["version"] = Version(edit.Text) })).Dispose();

        Assert.Contains("Receipt emitted 2 times", (await shop.Owner.GetAsync(order)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Say_which_day_is_in_the_way()
    {
        var order = await Shop.WriteJobAsync(shop.Owner, Shop.Job(("then", "strung")));
        (await shop.Owner.PostAsync(order + "/days/paid", [])).Dispose();

        using var answer = await shop.Owner.PostAsync(order + "/days/strung/clear", []);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(
            "Stringing cannot be taken back while “Paid” is set: clear “Paid” first.", await shop.Owner.ReadAsync(answer),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keep_an_odd_address_and_warn_of_it()
    {
        await shop.Owner.GetAsync("/racketbook/clients/new");
        using var saved =
            await shop.Owner.PostAsync("/racketbook/clients/new", new() { ["first_name"] = "Odd", ["email"] = "odd at example" });
        var page = await shop.Owner.GetAsync(saved.Headers.Location!.OriginalString);

        Assert.Contains("odd at example", page.Text, StringComparison.Ordinal);
        Assert.Contains("The email is no address", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_who_was_never_mailed_for_want_of_an_address()
    {
        await Shop.WriteJobAsync(shop.Owner, Shop.Job(("client_first_name", "Addressless"), ("client_email", ""), ("then", "strung")));

        Assert.Contains(
            "Addressless Meier", (await shop.Owner.GetAsync("/racketbook/clients?never_mailed=true")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_a_proposal_from_a_stringer_to_everybody()
    {
        using var bea = await shop.JoinAsync();
        await bea.GetAsync("/racketbook/catalogue/strings/new");
        using var made =
            await bea.PostAsync(
                "/racketbook/catalogue/strings/new", new() { ["maker"] = "Solinco", ["model"] = "Hyper-G Proposed", ["gauge"] = "1.20" });
        (await bea.PostAsync(made.Headers.Location!.OriginalString + "/propose", [])).Dispose();
        var queue = (await shop.Owner.GetAsync("/racketbook/moderation")).Text;
        var reject = Regex.Match(queue, "/racketbook/moderation/[0-9a-f-]{36}/reject", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;

        using var unreasoned = await shop.Owner.PostAsync(reject, new() { ["notes"] = " " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unreasoned.StatusCode);
        using var promoted = await shop.Owner.PostAsync(reject.Replace("/reject", "/promote", StringComparison.Ordinal), []);

        Assert.Equal(HttpStatusCode.SeeOther, promoted.StatusCode);
        Assert.Contains("shared by all", (await bea.GetAsync("/racketbook/catalogue?kind=string")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Say_how_large_a_logo_may_be()
    {
        var version = Version((await shop.Owner.GetAsync("/racketbook/settings")).Text);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(shop.Owner.FormToken), "__RequestVerificationToken" },
            { new StringContent("Owner’s strings"), "display_name" }, { new StringContent(version), "version" },
            { new ByteArrayContent(new byte[70_000]), "logo", "logo.png" },
        };
        using var answer = await shop.Owner.Http.PostAsync(new Uri("/racketbook/settings", UriKind.Relative), form);

        Assert.True(
            answer.StatusCode == HttpStatusCode.UnprocessableEntity, shop.Server.Output[^Math.Min(3_000, shop.Server.Output.Length)..]);
        Assert.Contains("The logo has 69 KiB; at most 64 KiB are printed.", await shop.Owner.ReadAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speak_German()
    {
        shop.Owner.Plant("waybill-look", "de.light");
        try
        {
            var page = await shop.Owner.GetAsync("/racketbook/orders/new");
            Assert.Contains("Als bestellt speichern", page.Text, StringComparison.Ordinal);
            Assert.Contains("An der Maschine", page.Text, StringComparison.Ordinal);
        }
        finally
        {
            shop.Owner.Plant("waybill-look", null);
        }
    }

    [Fact]
    public async Task Never_show_that_a_mail_failed_but_in_the_history()
    {
        var order = await Shop.WriteJobAsync(shop.Owner, Shop.Job(("client_email", "not an address"), ("then", "strung")));

        Assert.DoesNotContain("class=\"notice bad\"", (await shop.Owner.GetAsync(order)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("failed", (await shop.Owner.GetAsync("/racketbook")).Text, StringComparison.Ordinal);
    }

    static string Version(string page) =>
        Regex.Match(page, "(?<=name=\"version\" value=\")[0-9]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
}
