using System.Globalization;
using Microsoft.Playwright;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.RacketBook;

/// <summary>A stringer at the machine, with a phone: job after job through the forms, while the relay is up and when it is down.</summary>
[Trait("Category", "Long"), Trait("Long", "receipts")]
public sealed class A_day_on_a_phone : IAsyncLifetime
{
    readonly TimeProvider clock = TimeProvider.System;
    SmtpSink? relay;
    ServerProcess server = null!;
    Chromium chromium = null!;

    public async ValueTask InitializeAsync()
    {
        relay = await SmtpSink.StartAsync();
        server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SMTP_HOST"] = "127.0.0.1",
            ["SMTP_PORT"] = relay.Port.ToString(CultureInfo.InvariantCulture),
            ["SMTP_SECURITY"] = "none",
        });
        chromium = await Chromium.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
        await TurnOffAsync();
    }

    async Task TurnOffAsync()
    {
        if (relay is not null) await relay.DisposeAsync();
        relay = null;
    }

    [Fact]
    public async Task Ten_rackets_are_strung_and_the_relay_goes_down_after_the_fifth()
    {
        var page = await EnterAsync();
        List<string> told = [];
        for (var number = 1; number <= 10; number++)
        {
            if (number == 6) await TurnOffAsync();
            await WriteJobAsync(page, number);
            await page.ClickAsync("button.button[name=then][value=strung]");
            told.Add(await page.InnerTextAsync(".notice[role=status]"));
            Assert.Contains(number <= 5 ? "sent" : "failed", await page.InnerTextAsync("#emits"), StringComparison.Ordinal);
            Assert.InRange(
                await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"), int.MinValue,
                0);
        }

        var year = clock.GetUtcNow().Year;
        Assert.All(
            told.Index(),
            one => Assert.Contains(
                FormattableString.Invariant($"Strung. Receipt {year}-{one.Index + 1:0000}"), one.Item, StringComparison.Ordinal));
    }

    /// <summary>Every other job is for somebody new; the others are like the last one of somebody who was there.</summary>
    static async Task WriteJobAsync(IPage page, int number)
    {
        await page.GotoAsync(new Uri(new Uri(page.Url), "/racketbook").AbsoluteUri);
        await page.ClickAsync("a.button[href='/racketbook/orders/new']");
        if (number % 2 == 0)
        {
            await page.SelectOptionAsync(
                "[name=client_id]", new SelectOptionValue { Label = FormattableString.Invariant($"Ann Meier{number - 1}") });
            await page.ClickAsync("button[name=then][value=copy]");
            return;
        }

        await OpenAsync(page, "client_first_name");
        await page.FillAsync("[name=client_first_name]", "Ann");
        await page.FillAsync("[name=client_last_name]", FormattableString.Invariant($"Meier{number}"));
        await page.FillAsync("[name=client_email]", FormattableString.Invariant($"ann{number}@example.org"));
        await OpenAsync(page, "racket_model");
        await page.FillAsync("[name=racket_maker]", "Wilson");
        await page.FillAsync("[name=racket_model]", FormattableString.Invariant($"Blade {number}"));
        if (number > 1) return;
        await page.FillAsync("[name=main_model]", "Alu Power");
        await page.FillAsync("[name=main_tension]", "24");
        await page.FillAsync("[name=main_price]", "10");
    }

    /// <summary>What is folded is tapped open first.</summary>
    static async Task OpenAsync(IPage page, string field)
    {
        if (!await page.IsVisibleAsync($"[name={field}]")) await page.ClickAsync($"details:has([name={field}]) > summary");
    }

    async Task<IPage> EnterAsync()
    {
        var page = await chromium.OpenAsync(360);
        string At(string path) => new Uri(server.Address, path).AbsoluteUri;
        await page.GotoAsync(At("/admin/sign-in?return=/racketbook"));
        await page.FillAsync("[name=email]", ServerProcess.OwnerEmail);
        await page.FillAsync("[name=password]", ServerProcess.OwnerPassword);
        await page.PressAsync("[name=password]", "Enter");
        await page.ClickAsync("[action='/racketbook/open'] button");
        return page;
    }
}
