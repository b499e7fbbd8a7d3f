using System.Text.Json;
using Waybill.Testing;

namespace Waybill.Server.Specs.Resend;

public class Logs(SharedServer shared)
{
    [Fact]
    public async Task Show_what_was_asked_and_how_it_was_answered()
    {
        var token = (await shared.CallAsync("apiKeys.create", new { name = "logged", permission = "full_access" })).Text("token")!;
        var mail = (await shared.CallWithAsync(token, "emails.send", new Mail())).Text("id");
        await shared.CallWithAsync(token, "emails.get", mail);
        // others send mails too
        var found =
            await OnceAsync(
                row => row.GetProperty("endpoint").GetString() == "/emails/" + mail
                    && row.GetProperty("response_status").GetInt32() == 200);
        var one = await shared.CallAsync("logs.get", found.GetProperty("id").GetString());

        Assert.Equal(("log", "GET"), (one.Text("object"), one.Text("method")));
        Assert.StartsWith("resend-node", one.Text("user_agent"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, one.Value.GetProperty("request_body").ValueKind);
    }

    [Fact]
    public async Task Keep_the_answer_to_what_was_refused()
    {
        await shared.CallAsync("emails.send", new Mail { From = "nobody" });
        var found =
            await OnceAsync(
                row => row.GetProperty("endpoint").GetString() == "/emails" && row.GetProperty("response_status").GetInt32() == 422);
        var one = await shared.CallAsync("logs.get", found.GetProperty("id").GetString());

        Assert.Equal(422, one.Value.GetProperty("response_body").GetProperty("statusCode").GetInt32());
    }

    [Fact]
    public async Task Of_another_tenant_are_not_there()
    {
        var found = await OnceAsync(_ => true);

        (await shared.CallWithAsync(
            await shared.KeyOfAnotherTenantAsync(), "logs.get", found.GetProperty("id").GetString())).ShouldBeRefused(404, "not_found");
    }

    async Task<JsonElement> OnceAsync(Func<JsonElement, bool> isIt) => (await Eventually.GetAsync("the request to be noted", async () =>
    {
        var list = await shared.CallAsync("logs.list", new { limit = 100 });
        return list.Items.Where(isIt).Take(1).ToArray() is { Length: 1 } found ? found : null;
    }))[0];
}
