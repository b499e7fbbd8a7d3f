using System.Text.Json;

namespace Waybill.Testing.Real;

/// <summary>A real rspamd without network, which says what of a message looks like spam.</summary>
public sealed class Rspamd : IAsyncDisposable
{
    readonly RealService service;
    readonly HttpClient client;

    Rspamd(RealService service, int port)
    {
        this.service = service;
        client = new() { BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}")) };
    }

    public static async Task<Rspamd> StartAsync()
    {
        var port = FreePorts.Take();
        return new(await RealService.StartAsync("rspamd", [port]), port);
    }

    /// <summary>The symbols that count against a message.</summary>
    public async Task<IReadOnlyList<SpamSymbol>> FaultsOfAsync(byte[] message)
    {
        using var content = new ByteArrayContent(message);
        using var answer = await client.PostAsync("/checkv2", content);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return [.. json.RootElement.GetProperty("symbols").EnumerateObject().Select(Symbol).Where(symbol => symbol.Score > 0)];
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return service.DisposeAsync();
    }

    static SpamSymbol Symbol(JsonProperty symbol) => new(
        symbol.Name,
        symbol.Value.GetProperty("score").GetDouble(),
        symbol.Value.TryGetProperty("options", out var options) ? options.ToString() : "");
}

/// <summary>What a filter found, how much it counts, and where.</summary>
public sealed record SpamSymbol(string Name, double Score, string Details);
