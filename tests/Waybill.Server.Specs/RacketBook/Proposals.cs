using System.Net;

namespace Waybill.Server.Specs.RacketBook;

public sealed class Proposals(SharedServer shared)
{
    [Fact]
    public async Task Wait_for_an_admin_who_takes_them_or_says_why_not()
    {
        var shop = await Workshop.OpenAsync(await shared.ServerAsync());
        var one = (await shop.PostAsync("strings", new { maker = "Babolat", model = "RPM Blast", gauge = "1.25" })).Id;
        var proposal = (await shop.PostAsync("submissions", new { kind = "string", row_id = one })).Id;

        var twice = await shop.PostAsync("submissions", new { kind = "string", row_id = one });
        var reasonless = await shop.AsAdminAsync(HttpMethod.Post, $"submissions/{proposal}/reject", new { notes = " " });
        var rejected = await shop.AsAdminAsync(HttpMethod.Post, $"submissions/{proposal}/reject", new { notes = "It is there already." });
        var late = await shop.AsAdminAsync(HttpMethod.Post, $"submissions/{proposal}/promote");

        Assert.Equal((HttpStatusCode.Conflict, "row_id:submission.open"), (twice.Status, twice.Faults));
        Assert.Equal("notes:submission.reason", reasonless.Faults);
        Assert.Equal(("rejected", "It is there already."), (rejected.Text("status"), rejected.Text("notes")));
        Assert.Equal((HttpStatusCode.Conflict, ":submission.decided"), (late.Status, late.Faults));
        Assert.Equal("catalogue_private", (await shop.GetAsync($"strings/{one}")).Text("visibility"));
        Assert.Contains("catalogue_submission_decided", (await shop.GetAsync("notices")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Share_what_was_judged_and_nothing_else()
    {
        var shop = await Workshop.OpenAsync(await shared.ServerAsync());
        var (changed, removed) = ((await shop.PostAsync("strings", new { model = "RPM Judged" })).Id, await shop.RacketAsync("Gone 98"));
        string[] proposals = [(await shop.PostAsync("submissions", new { kind = "string", row_id = changed })).Id,
            (await shop.PostAsync("submissions", new { kind = "racket", row_id = removed })).Id];
        await shop.PatchAsync($"strings/{changed}", new { model = "Buy cheap watches" });
        await shop.DeleteAsync($"rackets/{removed}");

        foreach (var proposal in proposals)
            Assert.Equal(
                (HttpStatusCode.Conflict, "row_id:submission.changed"),
                await shop.AsAdminAsync(HttpMethod.Post, $"submissions/{proposal}/promote") is var answer
                    ? (answer.Status, answer.Faults)
                    : default);
        Assert.Equal("catalogue_private", (await shop.GetAsync($"strings/{changed}")).Text("visibility"));
        Assert.Equal(HttpStatusCode.NotFound, (await shop.PatchAsync($"rackets/{removed}", new { model = "Back" })).Status);
    }

    [Fact]
    public async Task Are_never_of_one_clients_racket()
    {
        var shop = await Workshop.OpenAsync(await shared.ServerAsync());
        var racket = (await shop.PostAsync("rackets", new { maker = "Wilson", model = "Blade 98", serial = "PA98_2023_45" })).Id;

        Assert.Equal("row_id:submission.row", (await shop.PostAsync("submissions", new { kind = "racket", row_id = racket })).Faults);
    }

    [Fact]
    public async Task What_all_share_is_changed_by_nobody()
    {
        var shop = await Workshop.OpenAsync(await shared.ServerAsync());
        var racket = await shop.RacketAsync();
        var proposal = (await shop.PostAsync("submissions", new { kind = "racket", row_id = racket })).Id;
        await shop.AsAdminAsync(HttpMethod.Post, $"submissions/{proposal}/promote");

        Assert.Equal(
            (HttpStatusCode.Conflict, ":catalogue.shared"),
            await shop.PatchAsync($"rackets/{racket}", new { model = "Mine" }) is var answer ? (answer.Status, answer.Faults) : default);
        Assert.Equal("row_id:submission.row", (await shop.PostAsync("submissions", new { kind = "racket", row_id = racket })).Faults);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.DeleteAsync($"rackets/{racket}")).Status);
    }
}
