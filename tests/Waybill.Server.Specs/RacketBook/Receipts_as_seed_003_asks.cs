using System.Net;
using System.Text.Json;
using Waybill.Server.Specs.EndToEnd;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.RacketBook;

/// <summary>The acceptance criteria of seed 003 §7, one by one, against a real Postfix.</summary>
public sealed class Receipts_as_seed_003_asks(ServerBehindPostfix behind) : IClassFixture<ServerBehindPostfix>
{
    static int newest;

    static string FreshAddress(string local = "client") =>
        FormattableString.Invariant($"{local}{Interlocked.Increment(ref newest)}@example.net");

    Task<Workshop> OpenAsync() => Workshop.OpenAsync(behind.Server);

    async Task<Received> MailAsync(string to, string subject) => new(await behind.Postfix.Mail.WaitForMailAsync(mail =>
        new Received(mail) is var received && received.Header("Delivered-To") == to && received.Header("Subject") == subject));

    async Task<int> MailsAsync(string to) =>
        (await behind.Postfix.Mail.ReadAllAsync()).Count(mail => new Received(mail).Header("Delivered-To") == to);

    [Fact]
    public async Task A1_Strung_renders_the_paper_mails_it_logs_it_and_goes_on()
    {
        var (shop, to) = (await OpenAsync(), FreshAddress());
        var order = await shop.OrderAsync(await shop.ClientAsync(to));

        var strung = await shop.StringAsync(order);

        Assert.Equal(("strung", "2026-0001"), (strung.Text("state"), strung.Text("receipt_number")));
        var emit = Assert.Single(await shop.EmitsAsync(order));
        Assert.Equal(
            ("initial", "sent", to, "stringer"),
            (Text(emit, "kind"), Text(emit, "delivery_status"), Text(emit, "email_to"), Text(emit, "actor_kind")));
        var mail = await MailAsync(to, "Your stringing receipt 2026-0001");
        Assert.Equal(Text(emit, "smtp_message_id"), mail.Header("Message-ID"));
        Assert.Equal("receipt-2026-0001.pdf", mail.FileName);
        Assert.Equal(await shop.ReceiptAsync(order), mail.Pdf());
        Assert.Contains("CHF 45.00", await Poppler.TextAsync(mail.Pdf()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A2_What_cannot_be_printed_changes_nothing_and_a_relay_that_refuses_changes_nothing_either()
    {
        var (unnamed, shop) = (await Workshop.OpenAsync(behind.Server, displayName: ""), await OpenAsync());
        var (of, bad) = (await unnamed.OrderAsync(await unnamed.ClientAsync(FreshAddress())),
            await shop.OrderAsync(await shop.ClientAsync("bad@elsewhere.example")));

        var unprintable = await unnamed.StringAsync(of);
        var refused = await shop.StringAsync(bad);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "display_name:text.needed"), (unprintable.Status, unprintable.Faults));
        Assert.Equal(
            ("ordered", null),
            ((await unnamed.GetAsync($"orders/{of}")).Text("state"), (await unnamed.GetAsync($"orders/{of}")).Text("receipt_number")));
        Assert.Equal(("strung", "2026-0001"), (refused.Text("state"), refused.Text("receipt_number")));
        await unnamed.PatchAsync("stringer", new { display_name = "Named at last" });
        Assert.Equal("2026-0001", (await unnamed.StringAsync(of)).Text("receipt_number"));
    }

    [Fact]
    public async Task A3_Without_an_address_nothing_is_attempted_and_all_else_goes_on()
    {
        var shop = await OpenAsync();
        var order = await shop.OrderAsync(await shop.ClientAsync("  "));

        var strung = await shop.StringAsync(order);

        var emit = Assert.Single(await shop.EmitsAsync(order));
        Assert.Equal(
            ("strung", "skipped_no_email", "no_address", null),
            (strung.Text("state"), Text(emit, "delivery_status"), Text(emit, "skip_reason"), Text(emit, "email_to")));
        Assert.Contains("2026-0001", await Poppler.TextAsync(await shop.ReceiptAsync(order)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A4_A_re_emit_never_mints_a_number()
    {
        var shop = await OpenAsync();
        var order = await shop.OrderAsync(await shop.ClientAsync(FreshAddress()));
        await shop.StringAsync(order);

        await shop.PatchAsync($"orders/{order}", new { labour = 30 });
        await shop.PostAsync($"orders/{order}/receipt/resend");
        await shop.DeleteAsync($"orders/{order}/strung");
        await shop.StringAsync(order);

        var emits = await shop.EmitsAsync(order);
        Assert.Equal(["initial", "auto_re_emit", "manual_re_emit", "auto_re_emit"], emits.Select(emit => Text(emit, "kind")));
        Assert.All(emits, emit => Assert.Equal("2026-0001", Text(emit, "receipt_number")));
        Assert.Equal("2026-0002", (await shop.StringAsync(await shop.OrderAsync(await shop.ClientAsync(null)))).Text("receipt_number"));
    }

    [Fact]
    public async Task A5_Each_save_that_changes_the_paper_mails_the_client_and_no_other_does()
    {
        var (shop, to) = (await OpenAsync(), FreshAddress());
        var order = await shop.OrderAsync(await shop.ClientAsync(to));
        await shop.StringAsync(order);

        await shop.PatchAsync($"orders/{order}", new { labour = 30, main_tension = 24, comment = "Grommets are worn." });
        await shop.PatchAsync($"orders/{order}", new { labour = 30 });
        await shop.PatchAsync($"orders/{order}", new { method = "two knots" });
        await shop.PutAsync($"orders/{order}/returned");
        await shop.PutAsync($"orders/{order}/paid");

        var updated = await MailAsync(to, "Updated receipt 2026-0001");
        Assert.Contains("CHF 50.00", await Poppler.TextAsync(updated.Pdf()), StringComparison.Ordinal);
        Assert.Equal(2, (await shop.EmitsAsync(order)).Length);
        Assert.Equal(2, await MailsAsync(to));
    }

    [Fact]
    public async Task A6_The_receipt_can_be_sent_again_from_strung_on_and_not_before()
    {
        var (shop, to) = (await OpenAsync(), FreshAddress());
        var order = await shop.OrderAsync(await shop.ClientAsync(to));
        var early = await shop.PostAsync($"orders/{order}/receipt/resend");
        await shop.StringAsync(order);
        await shop.PutAsync($"orders/{order}/returned");

        var again = await shop.PostAsync($"orders/{order}/receipt/resend");
        await shop.AsAdminAsync(HttpMethod.Post, $"orders/{order}/receipt/resend");

        Assert.Equal((HttpStatusCode.Conflict, "strung_at:receipt.not-strung"), (early.Status, early.Faults));
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal(
            ["initial stringer", "manual_re_emit stringer", "admin_re_emit admin"],
            (await shop.EmitsAsync(order)).Select(emit => $"{Text(emit, "kind")} {Text(emit, "actor_kind")}"));
        await MailAsync(to, "Updated receipt 2026-0001");
    }

    [Fact]
    public async Task A7_A_refusal_is_in_the_log_with_its_fields_and_nowhere_before_the_stringer()
    {
        var shop = await OpenAsync();
        var order = await shop.OrderAsync(await shop.ClientAsync("bad@somewhere.example"));

        var strung = await shop.StringAsync(order);

        var emit = Assert.Single(await shop.EmitsAsync(order));
        Assert.Equal(
            ("failed", "RelayRejected", "bad@somewhere.example"),
            (Text(emit, "delivery_status"), Text(emit, "error_class"), Text(emit, "email_to")));
        Assert.StartsWith("550 5.1.1", Text(emit, "error_message"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, strung.Status);
        Assert.Equal(
            ["order_strung"],
            (await shop.GetAsync("notices")).Body.GetProperty("data").EnumerateArray().Select(notice => Text(notice, "kind")));
        var line = await LineAsync(order);
        Assert.Equal(
            ("receipt.emit", "failed", "RelayRejected", "2026-0001", "initial", "stringer", "en", shop.Id),
            (Text(line, "event"), Text(line, "delivery_status"), Text(line, "error_class"), Text(line, "receipt_number"),
                Text(line, "kind"), Text(line, "actor_kind"), Text(line, "locale"), Text(line, "current_stringer_id")));
        Assert.All(
            ["request_id", "current_person_id", "email_to", "duration_ms", "error_message", "smtp_host"],
            name => Assert.NotEqual(JsonValueKind.Null, line.GetProperty(name).ValueKind));
        Assert.Equal("localhost", Text(line, "smtp_host"));
        Assert.DoesNotContain("Your racket is strung", behind.Server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(behind.Postfix.Password, line.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A8_A_bounce_is_no_status_of_the_log()
    {
        var shop = await OpenAsync();
        var order =
            await shop.OrderAsync(
                await shop.ClientAsync(FreshAddress("late").Replace("@example.net", "@bounce.example", StringComparison.Ordinal)));

        await shop.StringAsync(order);

        Assert.Equal("sent", Text(Assert.Single(await shop.EmitsAsync(order)), "delivery_status"));
    }

    [Fact]
    public async Task A9_The_client_is_the_only_one_who_gets_it()
    {
        var (shop, to) = (await OpenAsync(), FreshAddress());
        await shop.StringAsync(await shop.OrderAsync(await shop.ClientAsync(to)));

        var mail = await MailAsync(to, "Your stringing receipt 2026-0001");

        Assert.Equal((null, null, $"Anna Muster <{to}>"), (mail.Header("Cc"), mail.Header("Bcc"), mail.Header("To")));
        Assert.StartsWith("Court Side Strings <", mail.Header("From"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A10_Nothing_is_tried_twice()
    {
        var shop = await OpenAsync();
        var order = await shop.OrderAsync(await shop.ClientAsync("temp@somewhere.example"));
        await shop.StringAsync(order);

        var emit = Assert.Single(await shop.EmitsAsync(order));
        var timeline = await shop.EngineAsync($"/v1/messages/{Text(emit, "message_id")}/timeline");

        Assert.Equal(("failed", "RelayDeferred"), (Text(emit, "delivery_status"), Text(emit, "error_class")));
        Assert.StartsWith(
            "451 4.3.0", Text(Assert.Single(timeline.GetProperty("attempts").EnumerateArray()), "reply"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A11_A_job_of_ones_own_is_printed_and_mailed_only_when_it_is_asked_for()
    {
        var shop = await OpenAsync();
        var order = await shop.OrderAsync(await shop.SelfAsync());
        await shop.StringAsync(order);
        var asked = await shop.PostAsync($"orders/{order}/receipt/resend");

        var emits = await shop.EmitsAsync(order);

        Assert.Equal(
            ("skipped_no_email", "self_job", null),
            (Text(emits[0], "delivery_status"), Text(emits[0], "skip_reason"), Text(emits[0], "email_to")));
        Assert.Equal(
            ("manual_re_emit", "sent", shop.Stringer.GetProperty("email").GetString()),
            (Text(emits[1], "kind"), Text(emits[1], "delivery_status"), Text(emits[1], "email_to")));
        Assert.Equal("done", asked.Text("state"));
        Assert.NotEmpty(await shop.ReceiptAsync(order));
    }

    [Fact]
    public async Task A_new_address_is_where_the_next_one_goes_and_no_earlier_one_is_sent_again()
    {
        var (shop, before, after) = (await OpenAsync(), FreshAddress(), FreshAddress());
        var client = await shop.ClientAsync(before);
        var order = await shop.OrderAsync(client);
        await shop.StringAsync(order);

        await shop.PatchAsync($"clients/{client}", new { email = after });
        await shop.PostAsync($"orders/{order}/receipt/resend");

        await MailAsync(after, "Updated receipt 2026-0001");
        Assert.Equal([before, after], (await shop.EmitsAsync(order)).Select(emit => Text(emit, "email_to")));
        Assert.Equal(1, await MailsAsync(before));
    }

    [Fact]
    public async Task What_was_emitted_is_printed_again_as_it_was_after_everything_has_changed()
    {
        var (shop, to) = (await OpenAsync(), FreshAddress());
        var (client, racket) = (await shop.ClientAsync(to), await shop.RacketAsync());
        var order = await shop.OrderAsync(client, racket);
        await shop.StringAsync(order);
        var mailed = (await MailAsync(to, "Your stringing receipt 2026-0001")).Pdf();

        await shop.PatchAsync($"clients/{client}", new { first_name = "Berta" });
        await shop.PatchAsync($"rackets/{racket}", new { model = "Pro Staff" });
        await shop.PatchAsync("stringer", new { display_name = "Renamed Strings" });

        var emit = Assert.Single(await shop.EmitsAsync(order));
        Assert.Equal(mailed, await shop.PastReceiptAsync(order, Text(emit, "id")!));
        Assert.NotEqual(mailed, await shop.ReceiptAsync(order));
    }

    [Fact]
    public async Task A_German_client_gets_mail_paper_and_file_name_in_German()
    {
        var (shop, to) = (await OpenAsync(), FreshAddress());
        var client = (await shop.PostAsync("clients", new { first_name = "Änne", last_name = "Müller", email = to, locale = "de" })).Id;
        var order = await shop.OrderAsync(client);
        await shop.StringAsync(order);

        var mail = await MailAsync(to, "Ihre Bespannungsquittung 2026-0001");

        Assert.Equal("quittung-2026-0001.pdf", mail.FileName);
        Assert.Contains("Änne Müller", await Poppler.TextAsync(mail.Pdf()), StringComparison.Ordinal);
        Assert.Equal("de", Text(Assert.Single(await shop.EmitsAsync(order)), "locale"));
    }

    /// <summary>The fields of the line that the log has of an order's emit.</summary>
    async Task<JsonElement> LineAsync(string order)
    {
        var line = await Eventually.GetAsync("the line in the log", () => Task.FromResult(behind.Server.Output.Split('\n')
            .FirstOrDefault(
                one => one.Contains("receipt.emit", StringComparison.Ordinal) && one.Contains(order, StringComparison.Ordinal))));
        return JsonDocument.Parse(line).RootElement.GetProperty("Scopes").EnumerateArray()
            .Single(scope => scope.TryGetProperty("event", out _));
    }

    static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
