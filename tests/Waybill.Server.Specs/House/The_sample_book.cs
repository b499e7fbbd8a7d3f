using System.Net;
using System.Net.Http.Json;
using Waybill.Testing;

namespace Waybill.Server.Specs.House;

/// <summary>The sample of docs/books.md, run as the server that its own program is.</summary>
public sealed class The_sample_book
{
    const string Folder = "samples/Waybill.Samples.Visits";

    static readonly string Executable = Repository.PathOf("artifacts/bin/Waybill.Samples.Visits/debug/Waybill.Samples.Visits");

    [Fact]
    public async Task Keeps_a_visit_publishes_it_and_mails_the_host()
    {
        await using var server = await ServerProcess.StartAsync(program: Executable);

        using var answer = await server.Client.PostAsJsonAsync("/visits/v1/visits", new { visitor = "Ada", host = "bob@example.com" });
        using var stranger = server.ClientWith(null);
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/visits/v1/count");
        asked.Headers.Add("Origin", "https://lobby.example");
        using var counted = await stranger.SendAsync(asked);
        using var page = await stranger.GetAsync(new Uri("/visits", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("""{"count":1}""", await counted.Content.ReadAsStringAsync());
        Assert.Equal(["*"], counted.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Contains(
            "Ada is here for you", await server.Client.GetStringAsync(new Uri("/emails", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains(
            "visits.arrived", await server.Client.GetStringAsync(new Uri("/v1/events", UriKind.Relative)), StringComparison.Ordinal);
        Assert.StartsWith("/admin/sign-in", page.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal("1 visits\n", (await server.RunAsync("visits", "count")).Text);
    }

    [Fact]
    public async Task Takes_a_visit_by_the_form_of_its_page_and_says_there_what_is_wrong()
    {
        await using var server = await ServerProcess.StartAsync(program: Executable);
        using var owner = await OperatorClient.EnterAsync(server);
        await owner.GetAsync("/visits");

        using var refused = await owner.PostAsync("/visits", new() { ["visitor"] = "Ada", ["host"] = "bob" });
        using var taken = await owner.PostAsync("/visits", new() { ["visitor"] = "Grace", ["host"] = "bob@example.com" });
        using var byKey = await server.Client.PostAsJsonAsync("/visits/v1/visits", new { visitor = "Barbara", host = "bob@example.com" });
        var (_, page) = await owner.GetAsync("/visits");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("has no @", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        Assert.Contains("Grace", page, StringComparison.Ordinal);
        Assert.Contains("Barbara", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"visitor":""", "application/json", HttpStatusCode.BadRequest, "urn:waybill:error:validation_error")]
    [InlineData("visitor=Ada", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType,
        "urn:waybill:error:validation_error")]
    public async Task Says_what_is_wrong_with_a_body_that_does_not_become_a_parameter(
        string body, string type, HttpStatusCode status, string error)
    {
        await using var server = await ServerProcess.StartAsync(program: Executable);

        using var content = new StringContent(body, System.Text.Encoding.UTF8, type);
        using var answer = await server.Client.PostAsync(new Uri("/visits/v1/visits", UriKind.Relative), content);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(error, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_an_address_ask_so_often_and_no_more()
    {
        await using var server =
            await ServerProcess.StartAsync(
                new Dictionary<string, string>(StringComparer.Ordinal) { ["Server__TrustedProxies"] = "127.0.0.1" }, Executable);
        using var stranger = server.ClientWith(null);
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        for (var n = 0; n < 30; n++)
            Assert.Equal("""{"count":0}""", await stranger.GetStringAsync(new Uri("/visits/v1/count", UriKind.Relative)));

        using var answer = await stranger.GetAsync(new Uri("/visits/v1/count", UriKind.Relative));

        Assert.Equal((HttpStatusCode)429, answer.StatusCode);
        Assert.Equal("60", answer.Headers.GetValues("Retry-After").Single());
        Assert.Contains("urn:waybill:error:rate_limit_exceeded", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_its_rows_while_it_is_off()
    {
        await using var server = await ServerProcess.StartAsync(program: Executable);
        using var answer = await server.Client.PostAsJsonAsync("/visits/v1/visits", new { visitor = "Ada", host = "bob@example.com" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await server.StopAsync();

        await server.StartAgainAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Modules"] = " " });
        using var off = await server.Client.GetAsync(new Uri("/visits/v1/count", UriKind.Relative));
        var (books, events) = (await server.RunAsync("books"), await server.Client.GetStringAsync(new Uri("/v1/events", UriKind.Relative)));
        await server.StopAsync();
        await server.StartAgainAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Modules"] = "visits" });

        Assert.Equal(HttpStatusCode.NotFound, off.StatusCode);
        Assert.DoesNotContain("visits", books.Text, StringComparison.Ordinal);
        Assert.Contains("visits.arrived", events, StringComparison.Ordinal); // what happened stays in the journal
        Assert.Equal("""{"count":1}""", await server.Client.GetStringAsync(new Uri("/visits/v1/count", UriKind.Relative)));
    }

    [Fact]
    public async Task Stops_the_start_with_a_sentence_for_a_setting_that_is_none()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Visits__KeepDays"] = "never", ["Visits__Color"] = "red" };

        var run = await ProgramRun.OfAsync(Executable, ["books"], settings);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Visits:KeepDays is 'never'; it must be a whole number.", run.Complaints, StringComparison.Ordinal);
        Assert.Contains(
            "Visits:Color is no setting of the book visits; there are Visits:KeepDays.", run.Complaints, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VisitsBook.cs")]
    [InlineData("VisitsPage.razor")]
    [InlineData("Program.cs")]
    [InlineData("Waybill.Samples.Visits.csproj")]
    [InlineData("Schema/0001-visits.sql")]
    [InlineData("Mails/visits.arrived.en.md")]
    public void Stands_in_the_documentation_word_for_word(string file) => Assert.Contains(
        File.ReadAllText(Repository.PathOf($"{Folder}/{file}")).Trim(), File.ReadAllText(Repository.PathOf("docs/books.md")),
        StringComparison.Ordinal);
}
