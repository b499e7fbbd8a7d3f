using System.Net;

namespace Waybill.Server.Specs.RacketBook;

/// <summary>One form for client, racket and strings; no script is needed for any of it.</summary>
[Collection(nameof(Shop))]
public sealed class A_new_job(Shop shop)
{
    [Fact]
    public async Task Brings_its_client_and_racket_along_and_is_strung_at_once()
    {
        var page =
            await shop.Owner.GetAsync(await Shop.WriteJobAsync(shop.Owner, Shop.Job(("client_first_name", "Brigit"), ("then", "strung"))));

        Assert.Contains("Brigit Meier", page.Text, StringComparison.Ordinal);
        Assert.Contains("Strung. Receipt ", page.Text, StringComparison.Ordinal);
        Assert.Contains("Receipt emitted 1 time", page.Text, StringComparison.Ordinal);
        Assert.Contains("CHF 45.00", page.Text, StringComparison.Ordinal); // labour and both sides: the crosses are as the mains
    }

    [Fact]
    public async Task Waits_for_the_machine_and_is_strung_with_one_tap()
    {
        var order = await Shop.WriteJobAsync(shop.Owner, Shop.Job(("client_first_name", "Onetap")));
        Assert.Contains("Onetap Meier", (await shop.Owner.GetAsync("/racketbook")).Text, StringComparison.Ordinal);

        using var answer = await shop.Owner.PostAsync(order + "/days/strung", new() { ["return"] = "desk" });

        Assert.Equal("/racketbook", answer.Headers.Location?.OriginalString);
        Assert.Contains("Strung. Receipt ", (await shop.Owner.GetAsync("/racketbook")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_like_the_last_one_of_the_chosen_client()
    {
        var order =
            await shop.Owner.GetAsync(
                await Shop.WriteJobAsync(shop.Owner, Shop.Job(("main_tension", "21.5"), ("cross_tension", "20.5"), ("labour", "31"))));
        var client =
            System.Text.RegularExpressions.Regex.Match(
                order.Text, "(?<=/racketbook/clients/)[0-9a-f-]{36}", System.Text.RegularExpressions.RegexOptions.None,
                TimeSpan.FromSeconds(1)).Value;

        var form = (await shop.Owner.GetAsync("/racketbook/orders/new?client=" + client)).Text;

        Assert.Contains("value=\"21.5\"", form, StringComparison.Ordinal);
        Assert.Contains($"<option value=\"{client}\" selected", form, StringComparison.Ordinal);
        Assert.Contains("name=\"labour\" type=\"text\" value=\"25\"", form, StringComparison.Ordinal); // the stringer's own
    }

    [Fact]
    public async Task Of_ones_own_is_begun_from_ones_own_profile()
    {
        var pages =
            await Task.WhenAll(
                (await ClientsAsync()).Select(async id => (await shop.Owner.GetAsync("/racketbook/orders/new?client=" + id)).Text));

        Assert.Contains(pages, page => page.Contains("<option value=\"self\" selected", StringComparison.Ordinal));
    }

    [Fact]
    public async Task That_is_not_strung_has_no_day_on_which_it_was()
    {
        await shop.Owner.GetAsync("/racketbook/orders/new");
        using var answer = await shop.Owner.PostAsync("/racketbook/orders/new", Shop.Job(("strung_at", "2026-05-03")));

        Assert.Contains("Save it as strung, or clear this day.", await shop.Owner.ReadAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_what_is_typed_when_it_is_filled_in_like_the_last_one()
    {
        var made = await shop.Owner.GetAsync(await Shop.WriteJobAsync(shop.Owner, Shop.Job(("main_tension", "19.5"))));
        var client =
            System.Text.RegularExpressions.Regex.Match(
                made.Text, "(?<=/racketbook/clients/)[0-9a-f-]{36}", System.Text.RegularExpressions.RegexOptions.None,
                TimeSpan.FromSeconds(1)).Value;
        await shop.Owner.GetAsync("/racketbook/orders/new");
        using var copied =
            await shop.Owner.PostAsync(
                "/racketbook/orders/new", Shop.Job(("client_id", client), ("comment", "Overgrip typed before"), ("then", "copy")));
        var page = await shop.Owner.ReadAsync(copied);

        Assert.Contains("name=\"main_tension\" value=\"19.5\"", page, StringComparison.Ordinal);
        Assert.Contains("Overgrip typed before", page, StringComparison.Ordinal);
    }

    async Task<IEnumerable<string>> ClientsAsync() => System.Text.RegularExpressions.Regex.Matches(
        (await shop.Owner.GetAsync("/racketbook/clients")).Text, "(?<=/racketbook/clients/)[0-9a-f-]{36}",
        System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Select(one => one.Value).Distinct();

    [Theory]
    [InlineData("racket_model", "", "Racket model: This is needed.")]
    [InlineData("labour", "-5", "Labour, CHF: It must be between 0 and 10000; it is -5.")]
    [InlineData("main_tension", "hard", "“hard” is not a number")]
    [InlineData("strung_at", "2999-01-01", "is still to come")]
    [InlineData("main_model", "", "")]
    public async Task That_is_wrong_is_told_so_and_leaves_nothing_behind(string field, string value, string sentence)
    {
        var name = $"Nobody{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        var form = Shop.Job(("client_first_name", name), ("then", "strung"), (field, value));
        if (field == "main_model") form["main_maker"] = "";
        await shop.Owner.GetAsync("/racketbook/orders/new");
        using var answer = await shop.Owner.PostAsync("/racketbook/orders/new", form);
        var page = await shop.Owner.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(sentence, page, StringComparison.Ordinal);
        Assert.Contains(name, page, StringComparison.Ordinal); // everything typed is still there
        Assert.Contains(value, page, StringComparison.Ordinal);
        Assert.DoesNotContain(name, (await shop.Owner.GetAsync("/racketbook/clients?q=x")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(name, (await shop.Owner.GetAsync("/racketbook/catalogue")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            $"<strong dir=\"auto\">{name}", (await shop.Owner.GetAsync("/racketbook/clients?q=" + name)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("main+1", "25")]
    [InlineData("main-1", "23")]
    public async Task Has_its_tension_nudged_without_script(string nudge, string tension)
    {
        await shop.Owner.GetAsync("/racketbook/orders/new");
        using var answer = await shop.Owner.PostAsync("/racketbook/orders/new", Shop.Job(("nudge", nudge)));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"name=\"main_tension\" value=\"{tension}\"", await shop.Owner.ReadAsync(answer), StringComparison.Ordinal);
    }
}
