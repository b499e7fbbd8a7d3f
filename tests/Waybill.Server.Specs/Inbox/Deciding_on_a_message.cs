using System.Net;
using Waybill.Server.Specs.Relays;
using Waybill.Testing;

namespace Waybill.Server.Specs.Inbox;

public sealed class Deciding_on_a_message(RelayTrouble trouble) : IClassFixture<RelayTrouble>
{
    [Fact]
    public async Task Shows_a_failure_with_the_dialogue_what_to_do_and_a_way_to_try_again()
    {
        var server = await trouble.SharedAsync();
        using var door = await OperatorClient.EnterAsync(server);
        var path = await FailedAsync(server);

        var (_, page) = await door.GetAsync(path);
        Assert.Contains("550 5.1.1 scripted answer", page, StringComparison.Ordinal);
        Assert.Contains("The address is probably wrong or gone", page, StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<code-550-5.1.1@example.org>", page, StringComparison.Ordinal);

        using var answer = await door.PostAsync(path + "/retry", []);
        Assert.Equal((HttpStatusCode.SeeOther, path), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        await Eventually.IsTrueAsync(
            "a second attempt", async () => (await door.GetAsync(path)).Text.Contains("attempt 2", StringComparison.Ordinal));
        Assert.Contains("tried again", (await door.GetAsync(path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resends_as_a_new_message_and_leads_there()
    {
        var server = await trouble.SharedAsync();
        using var door = await OperatorClient.EnterAsync(server);
        var id = await server.PostEmailAsync();
        await server.ShouldBecomeAsync(id, "sent");
        await door.GetAsync("/admin/t/default/messages/" + id);

        using var answer = await door.PostAsync($"/admin/t/default/messages/{id}/resend", []);
        var (_, again) = await door.GetAsync(answer.Headers.Location!.OriginalString);
        var (_, first) = await door.GetAsync("/admin/t/default/messages/" + id);

        Assert.Contains("This is the new message with the same content.", again, StringComparison.Ordinal);
        Assert.Contains($"href=\"/admin/t/default/messages/{id}\"", again, StringComparison.Ordinal);
        Assert.Contains($"href=\"{answer.Headers.Location!.OriginalString}\"", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_so_when_it_comes_too_late()
    {
        var server = await trouble.SharedAsync();
        using var door = await OperatorClient.EnterAsync(server);
        var path = await FailedAsync(server);
        var (_, page) = await door.GetAsync(path);
        Assert.DoesNotContain("/release-as-sent", page, StringComparison.Ordinal);

        using var answer = await door.PostAsync(path + "/release-as-sent", []);

        Assert.Contains(
            "Nothing was changed: the message is failed by now.", (await door.GetAsync(answer.Headers.Location!.OriginalString)).Text,
            StringComparison.Ordinal);
    }

    static async Task<string> FailedAsync(ServerProcess server)
    {
        var id = await server.PostEmailAsync("code-550-5.1.1@example.org");
        await server.ShouldBecomeAsync(id, "failed");
        return "/admin/t/default/messages/" + id;
    }
}
