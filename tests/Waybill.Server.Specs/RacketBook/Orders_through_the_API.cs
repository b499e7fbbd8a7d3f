using System.Globalization;
using System.Net;

namespace Waybill.Server.Specs.RacketBook;

public sealed class Orders_through_the_API(SharedServer shared)
{
    async Task<Workshop> OpenAsync() => await Workshop.OpenAsync(await shared.ServerAsync());

    static string Tomorrow => TimeProvider.System.GetUtcNow().AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task What_is_wrong_is_told_by_field_and_nothing_is_half_done()
    {
        var shop = await OpenAsync();
        var (client, racket) = (await shop.ClientAsync(null), await shop.RacketAsync());
        var job = Workshop.Job(client, racket);
        (string Field, object? Value, string Faults)[] wrongs =
        [
            ("labour", -1, "labour:number.range"),
            ("main_price", 999_999, "main_price:number.range"),
            ("currency", "EUR", "currency:choice.odd"),
            ("client_id", Guid.Empty.ToString(), "client_id:client.missing"),
            ("racket_id", Guid.Empty.ToString(), "racket_id:racket.missing"),
            ("cross_string_id", Guid.Empty.ToString(), "cross_string_id:string.missing"),
            ("racket_id", null, "racket_id:text.needed"),
            ("strung_at", Tomorrow, "strung_at:day.future"),
            ("ordered_at", "yesterday", "ordered_at:day.odd"),
            ("price_labor", 30, "price_labor:field.unknown"),
        ];

        foreach (var (field, value, faults) in wrongs)
        {
            var answer = await shop.PostAsync("orders", new Dictionary<string, object?>(job, StringComparer.Ordinal) { [field] = value });
            Assert.Equal((HttpStatusCode.UnprocessableEntity, faults), (answer.Status, answer.Faults));
        }

        Assert.Empty((await shop.GetAsync("orders")).Body.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Several_days_in_one_change_are_judged_together()
    {
        var shop = await OpenAsync();
        var order = await shop.OrderAsync(await shop.ClientAsync(null));
        await shop.PatchAsync($"orders/{order}", new { ordered_at = "2026-05-01", strung_at = "2026-05-03" });

        var later = await shop.PatchAsync($"orders/{order}", new { ordered_at = "2026-05-05", strung_at = "2026-05-06" });
        await shop.PutAsync($"orders/{order}/paid", new { date = "2026-05-07" });
        var back = await shop.PatchAsync($"orders/{order}", new { strung_at = (string?)null, paid_at = (string?)null });
        var turned = await shop.PatchAsync($"orders/{order}", new { ordered_at = "2026-05-09", strung_at = "2026-05-08" });

        Assert.Equal(("2026-05-05", "2026-05-06"), (later.Text("ordered_at"), later.Text("strung_at")));
        Assert.Equal((HttpStatusCode.OK, "ordered"), (back.Status, back.Text("state")));
        Assert.Equal("strung_at:day.order", turned.Faults);
    }

    [Fact]
    public async Task Asking_twice_for_today_is_asking_once()
    {
        var shop = await OpenAsync();
        var order = await shop.OrderAsync(await shop.ClientAsync("ann@example.org"));
        await shop.PatchAsync($"orders/{order}", new { ordered_at = "2026-05-01", strung_at = "2026-05-03" });
        var again = await shop.StringAsync(order);

        Assert.Equal("2026-05-03", again.Text("strung_at"));
        Assert.Single(await shop.EmitsAsync(order));
    }

    [Fact]
    public async Task A_misspelt_day_strings_nothing()
    {
        var shop = await OpenAsync();
        var order = await shop.OrderAsync(await shop.ClientAsync(null));

        Assert.Equal("day:field.unknown", (await shop.PutAsync($"orders/{order}/strung", new { day = "2026-04-21" })).Faults);
        Assert.Equal("ordered", (await shop.GetAsync($"orders/{order}")).Text("state"));
    }

    [Fact]
    public async Task A_receipt_belongs_to_who_it_was_for()
    {
        var shop = await OpenAsync();
        var (anna, bert) = (await shop.ClientAsync("anna@example.org"), await shop.ClientAsync(null, "Bert"));
        var order = await shop.OrderAsync(anna);
        await shop.StringAsync(order);
        await shop.PatchAsync($"orders/{order}", new { client_id = bert });
        var never = (await shop.GetAsync("clients?never_mailed=true")).Said;

        Assert.Contains(bert, never, StringComparison.Ordinal);
        Assert.DoesNotContain(anna, never, StringComparison.Ordinal);
        Assert.Equal(["anna@example.org", null], (await shop.EmitsAsync(order)).Select(emit => emit.GetProperty("email_to").GetString()));
    }

    [Fact]
    public async Task A_draft_is_nobodys_but_the_stringers()
    {
        var shop = await OpenAsync();
        var draft = await shop.OrderAsync(await shop.SelfAsync());
        await shop.DeleteAsync($"orders/{draft}/ordered");
        var client = await shop.ClientAsync(null);
        var given = await shop.PatchAsync($"orders/{draft}", new { client_id = client });
        var both = await shop.PatchAsync($"orders/{draft}", new { client_id = client, ordered_at = "2026-05-03" });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "ordered_at:text.needed"), (given.Status, given.Faults));
        Assert.Equal((HttpStatusCode.OK, "ordered"), (both.Status, both.Text("state")));
    }

    [Fact]
    public async Task What_a_receipt_needs_is_not_taken_away_and_no_thousand_becomes_a_franc()
    {
        var shop = await OpenAsync();
        var client = await shop.ClientAsync(null);

        Assert.Equal(
            "first_name:text.needed", (await shop.PatchAsync($"clients/{client}", new { first_name = "", last_name = "" })).Faults);
        Assert.Equal("labour:number.odd", (await shop.PatchAsync("stringer", new { labour = "1,000" })).Faults);
        Assert.Equal("address:text.lines", (await shop.PatchAsync("stringer", new { address = "a\nb\nc\nd" })).Faults);
        Assert.Equal("never_mailed:choice.odd", (await shop.GetAsync("clients?never_mailed=1")).Faults);
        Assert.Equal("status:choice.odd", (await shop.GetAsync("submissions?status=open")).Faults);
    }

    [Fact]
    public async Task A_mail_that_cannot_be_written_undoes_the_stringing_and_keeps_nobody_from_the_rest()
    {
        var shop = await OpenAsync();
        await shop.PublishAsync("racketbook.receipt", "Receipt {{vat_number}}", "Thanks", "vat_number");
        var order = await shop.OrderAsync(await shop.ClientAsync("ann@example.org"));

        var strung = await shop.StringAsync(order);
        var corrected = await shop.PatchAsync($"orders/{order}", new { comment = "Overgrip too" });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, ":mail.broken"), (strung.Status, strung.Faults));
        Assert.Contains("vat_number", strung.Said, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "ordered"), (corrected.Status, corrected.Text("state")));
        Assert.Empty(await shop.EmitsAsync(order));
    }

    [Fact]
    public async Task An_order_can_be_written_down_and_strung_in_one_go()
    {
        var shop = await OpenAsync();
        var job = Workshop.Job(await shop.ClientAsync(null), await shop.RacketAsync());
        job["strung_at"] = "2026-03-02";

        var made = await shop.PostAsync("orders", job);

        Assert.Equal(
            (HttpStatusCode.Created, "strung", "2026-03-02", "2026-03-02"),
            (made.Status, made.Text("state"), made.Text("ordered_at"), made.Text("strung_at")));
        Assert.NotNull(made.Text("receipt_number"));
    }

    [Fact]
    public async Task Days_go_on_in_order_and_a_paid_order_is_not_unstrung()
    {
        var shop = await OpenAsync();
        var order = await shop.OrderAsync(await shop.ClientAsync(null));
        var early = await shop.PutAsync($"orders/{order}/paid");
        await shop.StringAsync(order);
        await shop.PutAsync($"orders/{order}/paid");

        var back = await shop.DeleteAsync($"orders/{order}/strung");
        await shop.DeleteAsync($"orders/{order}/paid");
        var free = await shop.DeleteAsync($"orders/{order}/strung");

        Assert.Equal("paid_at:day.not-strung", early.Faults);
        Assert.Equal((HttpStatusCode.Conflict, "paid_at:day.clear-first"), (back.Status, back.Faults));
        Assert.Equal(("ordered", "2026-0001"[4..]), (free.Text("state"), free.Text("receipt_number")![4..]));
        Assert.Equal(
            ["T1", "T2", "T4", "T4-r", "T2-r"],
            (await shop.GetAsync($"orders/{order}/history")).Body.GetProperty("data").EnumerateArray()
                .Select(line => line.GetProperty("transition").GetString()));
    }

    [Fact]
    public async Task A_client_who_was_removed_gets_no_new_order_and_their_open_one_is_not_strung()
    {
        var shop = await OpenAsync();
        var (client, racket) = (await shop.ClientAsync(null), await shop.RacketAsync());
        var order = await shop.OrderAsync(client, racket);
        await shop.DeleteAsync($"clients/{client}");

        Assert.Equal("client_id:client.removed", (await shop.PostAsync("orders", Workshop.Job(client, racket))).Faults);
        Assert.Equal("client_id:client.removed", (await shop.StringAsync(order)).Faults);
        Assert.Equal("ordered", (await shop.GetAsync($"orders/{order}")).Text("state"));
    }

    [Fact]
    public async Task A_string_that_nobody_wrote_down_keeps_the_racket_from_being_strung()
    {
        var shop = await OpenAsync();
        var order =
            (await shop.PostAsync(
                "orders", new { client_id = await shop.ClientAsync(null), racket_id = await shop.RacketAsync(), cross_byo = true })).Id;

        var refused = await shop.StringAsync(order);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "main_string_id:string.needed"), (refused.Status, refused.Faults));
        Assert.Equal(
            System.Text.Json.JsonValueKind.Null, (await shop.GetAsync($"orders/{order}")).Body.GetProperty("receipt_number").ValueKind);
    }

    [Fact]
    public async Task Nothing_new_is_begun_with_a_racket_or_a_string_that_was_removed_and_what_was_begun_goes_on()
    {
        var shop = await OpenAsync();
        var (client, racket) = (await shop.ClientAsync(null), await shop.RacketAsync());
        var strings = (await shop.PostAsync("strings", new { maker = "Luxilon", model = "Alu Power", gauge = "1.25" })).Id;
        var job = new Dictionary<string, object?>(
            Workshop.Job(client, racket), StringComparer.Ordinal)
        { ["main_string_id"] = strings, ["cross_string_id"] = strings };
        var begun = (await shop.PostAsync("orders", job)).Id;
        var other = await shop.OrderAsync(client);
        await shop.DeleteAsync($"rackets/{racket}");
        await shop.DeleteAsync($"strings/{strings}");

        Assert.Equal("racket_id:racket.removed", (await shop.PostAsync("orders", job)).Faults);
        Assert.Equal("racket_id:racket.removed", (await shop.PatchAsync($"orders/{other}", new { racket_id = racket })).Faults);
        Assert.Equal("main_string_id:string.removed", (await shop.PatchAsync($"orders/{other}", new { main_string_id = strings })).Faults);
        Assert.Equal(
            "cross_string_id:string.removed", (await shop.PatchAsync($"orders/{other}", new { cross_string_id = strings })).Faults);
        Assert.Equal("30.00", (await shop.PatchAsync($"orders/{begun}", new { labour = 30 })).Text("labour"));
        Assert.Equal("strung", (await shop.StringAsync(begun)).Text("state"));
    }

    [Fact]
    public async Task A_change_from_an_older_version_is_not_made()
    {
        var shop = await OpenAsync();
        var order = await shop.OrderAsync(await shop.ClientAsync(null));
        await shop.PatchAsync($"orders/{order}", new { labour = 30 });

        var late = await shop.PatchAsync($"orders/{order}", new { labour = 40 }, version: 1);

        Assert.Equal((HttpStatusCode.PreconditionFailed, "changed_meanwhile"), (late.Status, late.Text("code")));
        Assert.Equal("30.00", (await shop.GetAsync($"orders/{order}")).Text("labour"));
    }

    [Fact]
    public async Task A_job_of_ones_own_begins_as_a_draft_and_goes_back_to_one()
    {
        var shop = await OpenAsync();
        var order = await shop.OrderAsync(await shop.SelfAsync());

        Assert.Equal("draft", (await shop.GetAsync($"orders/{order}")).Text("state"));
        Assert.Equal("ordered", (await shop.PutAsync($"orders/{order}/ordered")).Text("state"));
        Assert.Equal("draft", (await shop.DeleteAsync($"orders/{order}/ordered")).Text("state"));
    }

    [Fact]
    public async Task A_logo_that_is_none_is_told_so_and_the_receipt_goes_on()
    {
        var shop = await OpenAsync();

        Assert.Equal("logo:logo.broken", (await shop.PutLogoAsync("GIF89a no logo"u8.ToArray())).Faults);
        Assert.Equal("logo:logo.large", (await shop.PutLogoAsync(new byte[100_000])).Faults);
        Assert.Equal("strung", (await shop.StringAsync(await shop.OrderAsync(await shop.ClientAsync(null)))).Text("state"));
    }

    [Fact]
    public async Task Clients_who_never_got_a_receipt_for_want_of_an_address_are_found()
    {
        var shop = await OpenAsync();
        var (without, with) = (await shop.ClientAsync(null, "Without"), await shop.ClientAsync("with@example.net", "With"));
        await shop.StringAsync(await shop.OrderAsync(without));
        await shop.StringAsync(await shop.OrderAsync(with));

        var found = (await shop.GetAsync("clients?never_mailed=true")).Body.GetProperty("data").EnumerateArray()
            .Select(client => client.GetProperty("id").GetString());

        Assert.Equal([without], found);
    }

    [Fact]
    public async Task An_address_that_two_clients_share_and_one_that_is_none_are_told()
    {
        var shop = await OpenAsync();
        await shop.ClientAsync("both@example.net");

        var second = await shop.PostAsync("clients", new { first_name = "Berta", email = "BOTH@example.net" });
        var odd = await shop.PostAsync("clients", new { first_name = "Carla", email = "carla at example" });

        Assert.Equal((HttpStatusCode.Conflict, "email:client.email-taken"), (second.Status, second.Faults));
        Assert.Equal(HttpStatusCode.Created, odd.Status);
        Assert.Contains("no address", odd.Text("warning"), StringComparison.Ordinal);
    }
}
