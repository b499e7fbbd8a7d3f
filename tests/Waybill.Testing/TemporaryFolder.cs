namespace Waybill.Testing;

/// <summary>A folder of its own that goes when it is disposed of.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Absolute, mode 0700.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("waybill-").FullName;

    public void Dispose()
    {
        try { Directory.Delete(Path, recursive: true); }
        catch (DirectoryNotFoundException) { }
    }
}
