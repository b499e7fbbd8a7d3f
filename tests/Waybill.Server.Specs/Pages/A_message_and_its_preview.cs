using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Waybill.Server.Specs.Pages;

public sealed class A_message_and_its_preview(SharedServer shared)
{
    const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /// <summary>What somebody may write into a subject, a name or a body to get at the operator.</summary>
    public static TheoryData<string> Payloads =>
    [
        "<script>alert(1)</script>", "</title><script>alert(1)</script>", "</iframe><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<object data=\"javascript:alert(1)\"></object>",
        "<embed src=//evil.example/x.swf>",
        "<meta http-equiv=refresh content=\"0;url=//evil.example\">", "<base href=\"//evil.example/\">",
        "<link rel=stylesheet href=//evil.example/x.css>",
        "<style>@import '//evil.example/x.css'</style>", "<form action=//evil.example><input name=a></form>",
        "<details open ontoggle=alert(1)>",
        "<img src=//evil.example/pixel.png>", "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
        "<math><mtext></p><script>alert(1)</script>", "{{constructor.constructor('alert(1)')()}}", "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<template><script>alert(1)</script></template>", "<noscript><p title=\"</noscript><script>alert(1)</script>\">",
        "<x contenteditable onblur=alert(1) tabindex=0 autofocus>x",
    ];

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task Show_hostile_text_as_text(string payload)
    {
        var name = payload.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        var id =
            await PostAsync(
                new { from = $"\"{name}\" <shop@example.com>", to = $"\"{name}\" <ada@example.org>", subject = payload, html = payload });
        using var door = await OperatorClient.EnterAsync(await shared.ServerAsync());

        var page = await door.Http.GetStringAsync(new Uri("/admin/t/default/messages/" + id, UriKind.Relative));
        var list = await door.Http.GetStringAsync(new Uri("/admin/t/default/messages", UriKind.Relative));
        using var preview = await door.Http.GetAsync(new Uri($"/admin/t/default/messages/{id}/preview", UriKind.Relative));

        Assert.Contains(payload, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        foreach (var html in (string[])[page, list]) HarmlessPage.ShouldBeHarmless(html);
        ShouldBeCaged(preview);
    }

    [Fact]
    public async Task Tell_all_that_is_known()
    {
        var id = await PostAsync(new
        {
            from = "Corner Shop <shop@example.com>",
            to = "ada@example.org",
            bcc = "eve@example.net",
            subject = "Receipt 42",
            html = "<p>Hello</p>",
            attachments = new[] { new { filename = "receipt.pdf", content = "YQ==" } },
        });
        await shared.EmailOnceAsync(id, "sent");
        using var door = await OperatorClient.EnterAsync(await shared.ServerAsync());

        var page = WebUtility.HtmlDecode(await door.Http.GetStringAsync(new Uri("/admin/t/default/messages/" + id, UriKind.Relative)));

        Assert.All(
            ["Receipt 42", "Corner Shop <shop@example.com>", "ada@example.org", "eve@example.net", "receipt.pdf", "application/pdf",
                $"<{id}@example.com>",
                "accepted", "sent", "captured", $"<iframe class=\"preview\" sandbox src=\"/admin/t/default/messages/{id}/preview\""],
            fact => Assert.Contains(fact, page, StringComparison.Ordinal));
        Assert.Matches("[0-9a-f]{64}", page);
    }

    [Fact]
    public async Task Show_inline_pictures_as_data_and_nothing_from_outside()
    {
        var id = await PostAsync(new
        {
            from = "shop@example.com",
            to = "ada@example.org",
            subject = "s",
            html = "<img src=\"cid:logo\"><img src=\"https://evil.example/pixel.png\">",
            attachments = new[] { new { filename = "logo.png", content = Pixel, content_id = "logo" } },
        });
        using var door = await OperatorClient.EnterAsync(await shared.ServerAsync());

        using var preview = await door.Http.GetAsync(new Uri($"/admin/t/default/messages/{id}/preview", UriKind.Relative));

        Assert.Contains("src=\"data:image/png;base64," + Pixel, await preview.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        ShouldBeCaged(preview);
    }

    [Theory]
    [InlineData("/admin/t/default/messages/01928374-6574-7392-8192-837465748392")]
    [InlineData("/admin/t/default/messages/nonsense")]
    [InlineData("/admin/t/default/messages/01928374-6574-7392-8192-837465748392/preview")]
    public async Task Are_404_when_there_are_none(string path)
    {
        using var door = await OperatorClient.EnterAsync(await shared.ServerAsync());
        using var answer = await door.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    /// <summary>Even opened by itself, outside our frame, it may run nothing and fetch nothing.</summary>
    static void ShouldBeCaged(HttpResponseMessage preview)
    {
        Assert.Equal(
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
            Headers.Of(preview, "Content-Security-Policy"));
        Headers.ShouldBeKeptToItself(preview);
        Assert.Equal("text/html", preview.Content.Headers.ContentType?.MediaType);
    }

    async Task<string> PostAsync(object email)
    {
        var server = await shared.ServerAsync();
        using var answer = await server.Client.PostAsJsonAsync(new Uri("/emails", UriKind.Relative), email);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }
}
