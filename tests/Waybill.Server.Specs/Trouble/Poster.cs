using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Testing;

namespace Waybill.Server.Specs.Trouble;

/// <summary>Posts emails and remembers each that was acknowledged, for none of those may ever be lost.</summary>
internal sealed class Poster(ServerProcess server)
{
    readonly List<string> acknowledged = [];

    public int Acknowledged => acknowledged.Count;

    public async Task<HttpResponseMessage> PostAsync(int size = 100)
    {
        var answer = await server.Client.PostAsJsonAsync("/emails", new
        {
            from = "shop@example.com",
            to = "ada@example.org",
            subject = "Your order",
            text = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(size / 2)),
        });
        if (answer.IsSuccessStatusCode)
            acknowledged.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
        return answer;
    }

    public Task PostUntilTakenAsync(TimeSpan limit) => Eventually.IsTrueAsync(
        "an email to be taken",
        async () =>
        {
            using var answer = await PostAsync();
            return answer.IsSuccessStatusCode;
        },
        limit);

    /// <summary>Every acknowledged email is there and becomes sent.</summary>
    public async Task AssertNothingIsLostAsync()
    {
        foreach (var id in acknowledged)
        {
            await Eventually.IsTrueAsync(
                $"email {id} to be sent",
                async () =>
                    (await server.Client.GetFromJsonAsync<JsonElement>($"/emails/{id}")).GetProperty("last_event").GetString() == "sent",
                TimeSpan.FromSeconds(30));
        }
    }
}
