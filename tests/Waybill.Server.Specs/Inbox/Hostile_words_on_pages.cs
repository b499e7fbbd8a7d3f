using System.Globalization;
using System.Net;
using Waybill.Server.Specs.Pages;
using Waybill.Server.Specs.Relays;
using Waybill.Testing;
using Waybill.Testing.Smtp;

namespace Waybill.Server.Specs.Inbox;

/// <summary>
/// The source of pages, without a browser: nothing that others wrote is more than text in it. <c>Hostile_mail_in_a_browser</c> shows the
/// same in one.
/// </summary>
public sealed class Hostile_words_on_pages(SharedServer shared)
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' autofocus onfocus='alert(1)")]
    [InlineData("</title></textarea></pre></iframe><svg onload=alert(1)>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>{{constructor}}")]
    public async Task Are_text_wherever_a_program_may_put_them(string payload)
    {
        var server = await shared.ServerAsync();
        using var owner = await OperatorClient.EnterAsync(server);
        foreach (var path in await HostileThings.PostAsync(server, payload)) await LookAsync(owner, path);
    }

    [Fact]
    public async Task Are_text_when_a_relay_says_them()
    {
        const string payload = "</pre><script>alert(1)</script>\"><img src=x onerror=alert(1)>";
        await using var relay = ScriptedRelay.Start($"""
            S: 220 {payload}
            C: EHLO *
            S: 250 {payload}
            C: MAIL FROM:*
            S: 250 ok
            C: RCPT TO:*
            S: 550 5.1.1 {payload}
            C: [rest]
            """);
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SMTP_HOST"] = "127.0.0.1",
            ["SMTP_PORT"] = relay.Port.ToString(CultureInfo.InvariantCulture),
            ["SMTP_SECURITY"] = "none",
        });
        var id = await server.PostEmailAsync();
        await server.ShouldBecomeAsync(id, "failed");
        using var owner = await OperatorClient.EnterAsync(server);

        Assert.Contains(payload, await LookAsync(owner, "/admin/t/default/messages/" + id), StringComparison.Ordinal);
        Assert.Contains(payload, await LookAsync(owner, "/admin/t/default/messages"), StringComparison.Ordinal);
    }

    /// <summary>The page as people read it.</summary>
    static async Task<string> LookAsync(OperatorClient owner, string path)
    {
        using var answer = await owner.Http.GetAsync(new Uri(path, UriKind.Relative));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        HarmlessPage.ShouldBeHarmless(html);
        return WebUtility.HtmlDecode(html);
    }
}
