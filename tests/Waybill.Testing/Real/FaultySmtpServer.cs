namespace Waybill.Testing.Real;

/// <summary>
/// An SMTP server with one fault a port; user <c>sender</c>, password <c>secret</c>. On every port a recipient can script its own answer:
/// <c>tests/real/smtp_faults.py</c> says which.
/// </summary>
public sealed class FaultySmtpServer : IAsyncDisposable
{
    readonly RealService service;

    FaultySmtpServer(RealService service, int basePort) => (this.service, BasePort) = (service, basePort);

    public static async Task<FaultySmtpServer> StartAsync()
    {
        var port = FreePorts.Take(Enum.GetValues<SmtpFault>().Length);
        return new(await RealService.StartAsync("smtp-faults", [port]), port);
    }

    public int BasePort { get; }

    public int PortOf(SmtpFault fault) => BasePort + (int)fault;

    /// <summary>The PEM file of the CA that signed the honest certificates.</summary>
    public string CaFile => service["SMTP_CA"];

    /// <summary>Accepted messages, NNNNNN.eml each, with its envelope in NNNNNN.json.</summary>
    public string MessageFolder => Path.Combine(service.Folder, "messages");

    /// <summary>The raw bytes of every accepted message, in the order of acceptance.</summary>
    public async Task<IReadOnlyList<byte[]>> ReadAllAsync()
    {
        var messages = new List<byte[]>();
        foreach (var file in Directory.GetFiles(MessageFolder, "*.eml").Order(StringComparer.Ordinal))
            messages.Add(await File.ReadAllBytesAsync(file));
        return messages;
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();
}
