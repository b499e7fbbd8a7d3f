using System.Runtime.InteropServices;

namespace Waybill.Engine.Blobs;

/// <summary>Gives files their names, as .NET does not: at once or not at all, and so that the name is on disk with the file.</summary>
static partial class FileNames
{
    const int NotPermitted = 1, Exists = 17, Invalid = 22, NotSupported = 95; // EPERM, EEXIST, EINVAL, ENOTSUP

    /// <summary>Gives a file a second name; false: there is a file of that name.</summary>
    /// <exception cref="IOException">The system could not.</exception>
    internal static bool TryAdd(string file, string name)
    {
        if (Link(file, name) == 0) return true;
        switch (Marshal.GetLastPInvokeError())
        {
            case Exists:
                return false;
            case NotPermitted or NotSupported when !File.Exists(name): // no file has two names here
                File.Move(file, name);
                return true;
            default:
                throw new IOException($"'{name}' cannot be made: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>
    /// Puts on disk which names a folder holds: a file that was written to the last octet is lost all the same when its name is.
    /// </summary>
    /// <exception cref="IOException">The system could not.</exception>
    internal static void Flush(string folder)
    {
        var handle = Open(folder, flags: 0); // to read
        if (handle < 0) throw new IOException($"'{folder}' cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        try
        {
            // where that is not possible, the file system does it by itself or never
            if (Sync(handle) < 0 && Marshal.GetLastPInvokeError() != Invalid)
                throw new IOException($"'{folder}' cannot be put on disk: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string file, string name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
