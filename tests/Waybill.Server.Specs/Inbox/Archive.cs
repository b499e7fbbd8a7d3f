using System.Net.Http.Json;
using Waybill.Server.Specs.Screens;
using Waybill.Testing;

namespace Waybill.Server.Specs.Inbox;

/// <summary>
/// An instance that has taken in 100,000 messages, tagged, one in a thousand of them to a suppressed address, and is done with them; a
/// browser before it.
/// </summary>
public sealed class Archive : IAsyncLifetime
{
    const int Messages = 100_000;
    const int Batch = 100;

    /// <summary>Of a busy machine, in a debug build.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    public Browser Browser { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Browser.InitializeAsync();
        await PostAsync("/suppressions/batch/add", new { emails = Enumerable.Range(0, 100).Select(n => AddressOf(n * 1000 + 7)) });
        for (var n = 0; n < Messages; n += Batch) await PostAsync("/emails/batch", Enumerable.Range(n, Batch).Select(Letter));
        using var owner = await OperatorClient.EnterAsync(Browser.Server);
        await Eventually.IsTrueAsync(
            "nothing to wait",
            async () => (await owner.GetAsync("/admin/t/default/overview")).Text.Contains("Nothing waits.", StringComparison.Ordinal),
            Patience);
    }

    static object Letter(int n) => new
    {
        from = "Corner Shop <shop@example.com>",
        to = AddressOf(n),
        subject = $"Your order {n}",
        text = "Thank you.",
        tags = new[] { new { name = "order", value = $"{n % 5000}" } },
    };

    static string AddressOf(int n) => $"person{n}@example.org";

    async Task PostAsync(string path, object body)
    {
        using var answer = await Browser.Server.Client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public ValueTask DisposeAsync() => Browser.DisposeAsync();
}
