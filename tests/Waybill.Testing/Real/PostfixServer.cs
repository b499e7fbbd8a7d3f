using System.Globalization;

namespace Waybill.Testing.Real;

/// <summary>
/// A real Postfix that takes authenticated submissions and puts every recipient's mail into one Maildir. <c>tests/real/postfix.sh</c>
/// lists the recipients it refuses, defers or bounces.
/// </summary>
public sealed class PostfixServer : IAsyncDisposable
{
    readonly RealService service;

    PostfixServer(RealService service) => this.service = service;

    public static async Task<PostfixServer> StartAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var port = FreePorts.Take(2);
        return new(await RealService.StartAsync("postfix", [port, port + 1], settings));
    }

    /// <summary>The name its certificate is for.</summary>
    public string Host => service["SMTP_HOST"];

    /// <summary>STARTTLS, and AUTH only after it.</summary>
    public int Port => Number("SMTP_PORT");

    /// <summary>TLS from the first byte.</summary>
    public int SmtpsPort => Number("SMTPS_PORT");

    public string User => service["SMTP_USER"];

    public string Password => service["SMTP_PASSWORD"];

    /// <summary>The PEM file of the private CA that signed its certificate.</summary>
    public string CaFile => service["SMTP_CA"];

    public Maildir Mail => new(service["SMTP_MAILDIR"]);

    /// <summary>What waits in its queue, in postqueue's words.</summary>
    public Task<string> QueueAsync() => service.RunAsync("queue");

    public ValueTask DisposeAsync() => service.DisposeAsync();

    int Number(string key) => int.Parse(service[key], CultureInfo.InvariantCulture);
}
