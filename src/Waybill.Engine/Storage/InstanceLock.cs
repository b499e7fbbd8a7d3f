namespace Waybill.Engine.Storage;

/// <summary>
/// The exclusive lock on a data folder: whoever holds it is the only process that may open the database file. The operating system gives
/// it back when the process ends, however it ends.
/// </summary>
public sealed class InstanceLock : IDisposable
{
    const int HeldByAnother = 11; // EAGAIN, what flock says; any other failure is one of the folder

    readonly FileStream file;

    InstanceLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock, or null when another process holds it.</summary>
    public static InstanceLock? TryTake(string dataPath)
    {
        Directory.CreateDirectory(dataPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            return new(new FileStream(Path.Combine(dataPath, "waybill.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException held) when (held.HResult == HeldByAnother)
        {
            return null;
        }
    }

    /// <summary>Gives the lock back. The file stays: removing it would let two processes lock two files of one name.</summary>
    public void Dispose() => file.Dispose();
}
