namespace Waybill.Testing.Real;

/// <summary>Postfix's smtp-sink: takes whatever comes, without TLS, and is fast. For load, and for counting what was handed over.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    readonly RealService service;

    SmtpSink(RealService service, int port) => (this.service, Port) = (service, port);

    /// <summary>With <paramref name="keep"/> each message becomes a file; without, it is thrown away.</summary>
    public static async Task<SmtpSink> StartAsync(bool keep = false)
    {
        var port = FreePorts.Take();
        return new(await RealService.StartAsync("smtp-sink", keep ? [port, "keep"] : [port]), port);
    }

    public int Port { get; }

    /// <summary>One file a message, beginning with smtp-sink's own X- headers.</summary>
    public string MessageFolder => Path.Combine(service.Folder, "messages");

    public ValueTask DisposeAsync() => service.DisposeAsync();
}
