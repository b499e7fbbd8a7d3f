namespace Waybill.Testing.Real;

/// <summary>A mounted disk of a few megabytes, to be filled and freed. Needs the right to mount: root, or passwordless sudo.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    readonly RealService service;

    SmallDisk(RealService service) => this.service = service;

    public static async Task<SmallDisk> MountAsync(int megabytes) => new(await RealService.StartAsync("disk", [megabytes]));

    public string Folder => service["DISK"];

    string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Takes all the space that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var piece = new byte[64 * 1024]; piece.Length > 0;)
        {
            try { file.Write(piece); }
            catch (IOException) { piece = new byte[piece.Length / 2]; }
        }
    }

    /// <summary>Gives back what <see cref="Fill"/> took.</summary>
    public void Free() => File.Delete(Ballast);

    public ValueTask DisposeAsync() => service.DisposeAsync();
}
