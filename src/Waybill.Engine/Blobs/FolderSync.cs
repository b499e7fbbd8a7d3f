using System.Runtime.InteropServices;

namespace Waybill.Engine.Blobs;

/// <summary>Puts on disk which names a folder holds: a file that was written to the last octet is lost all the same when its name is.</summary>
static partial class FolderSync
{
    /// <exception cref="IOException">The system could not.</exception>
    internal static void Flush(string folder)
    {
        var handle = Open(folder, flags: 0); // to read
        if (handle < 0) throw new IOException($"'{folder}' cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        try
        {
            if (Sync(handle) < 0) throw new IOException($"'{folder}' cannot be put on disk: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
