using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Testing;

namespace Waybill.Server.Specs.Inbox;

public sealed class Searching_messages(Searching_messages.Server behind) : IClassFixture<Searching_messages.Server>
{
    const string List = "/admin/t/default/messages";

    [Theory]
    [InlineData("to:ann", 1)]
    [InlineData("subject:receipt", 2)]
    [InlineData("receipt bob", 1)]
    [InlineData("tag:order=118", 1)]
    [InlineData("to:nobody", 0)]
    public async Task Shows_what_matches_and_keeps_what_was_typed(string typed, int count)
    {
        var (status, page) = await behind.Door.GetAsync($"{List}?q={Uri.EscapeDataString(typed)}");

        Assert.Equal((HttpStatusCode.OK, count), (status, Rows(page)));
        Assert.Contains($"value=\"{typed}\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status:lost", "“lost” is no status")]
    [InlineData("since:yesterday", "“yesterday” is no time")]
    [InlineData("brand:nosuch", "There is no brand “nosuch”")]
    [InlineData("to:ann flavour:sweet", "There is no filter “flavour:”")]
    public async Task Tells_what_makes_no_sense_with_all_that_was_typed_still_there(string typed, string told)
    {
        var (status, page) = await behind.Door.GetAsync($"{List}?q={Uri.EscapeDataString(typed)}");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, 0), (status, Rows(page)));
        Assert.Contains(told, page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{typed}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leads_from_the_fields_to_the_same_address_as_typing()
    {
        using var answer =
            await behind.Door.Http.GetAsync(
                new Uri($"{List}?to=ann&subject=your+order&status=failed&stream=&since=7d&words=thanks", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(
            "to:ann subject:\"your order\" status:failed since:7d thanks",
            Uri.UnescapeDataString(answer.Headers.Location!.OriginalString.Split("?q=")[1]));
    }

    [Fact]
    public async Task Fills_the_fields_with_what_was_typed()
    {
        var (_, page) = await behind.Door.GetAsync($"{List}?q=to:ann+status:failed+since:3d");

        Assert.Contains("<option value=\"failed\" selected>", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"3d\" selected>", page, StringComparison.Ordinal);
        Assert.Matches("name=\"to\" type=\"text\" value=\"ann\"", page);
    }

    [Fact]
    public async Task Gives_the_rows_alone_to_a_page_that_stands_open()
    {
        var (status, rows) = await behind.Door.GetAsync($"{List}/list?q=to:ann");

        Assert.Equal((HttpStatusCode.OK, 1), (status, Rows(rows)));
        Assert.DoesNotContain("<html", rows, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await behind.Door.GetAsync($"{List}/list?q=status:lost")).Status);
    }

    [Fact]
    public async Task Gives_what_matches_as_a_table_to_take_along()
    {
        using var answer = await behind.Door.Http.GetAsync(new Uri($"{List}.csv?q=subject:receipt", UriKind.Relative));
        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(
            "attachment; filename=messages-default-", answer.Content.Headers.GetValues("Content-Disposition").Single(),
            StringComparison.Ordinal);
        Assert.Equal("accepted_at,id,status,stream,from,to,subject,reason,tags,message_id", lines[0]);
        Assert.Equal(2, lines.Length - 1);
        Assert.Contains(",'=1+1 receipt,", lines[1], StringComparison.Ordinal);
    }

    static int Rows(string page) => page.Split("<td class=\"tight\"><span class=\"mark").Length - 1;

    /// <summary>A server of its own with three messages.</summary>
    public sealed class Server : IAsyncLifetime
    {
        ServerProcess? process;

        public OperatorClient Door { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            process = await ServerProcess.StartAsync();
            Door = await OperatorClient.EnterAsync(process);
            await PostAsync(
                new
                {
                    from = "shop@example.com",
                    to = "ann@example.org",
                    subject = "Your receipt",
                    text = "t",
                    tags = new[] { new { name = "order", value = "118" } }
                });
            await PostAsync(new { from = "shop@example.com", to = "eve@example.org", subject = "Your licence", text = "t" });
            await PostAsync(new { from = "shop@example.com", to = "bob@example.org", subject = "=1+1 receipt", text = "t" });
        }

        async Task PostAsync(object email)
        {
            using var answer = await process!.Client.PostAsJsonAsync(new Uri("/emails", UriKind.Relative), email);
            Assert.True((await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("id", out _));
        }

        public async ValueTask DisposeAsync()
        {
            Door?.Dispose();
            if (process is not null) await process.DisposeAsync();
        }
    }
}
