using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Blobs;

/// <summary>
/// Blobs as files below one folder, <c>{tenant}/{kind}/{id}</c>, for the server's user alone. A file comes into being under another name and
/// is given its own when all of it is on disk. The folder may be a symbolic link; within it none is followed.
/// </summary>
public sealed class DiskBlobs : IBlobStore
{
    const int Buffer = 128 << 10;
    const int NoSpace = 28; // ENOSPC
    const UnixFileMode OursAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Nobody writes one file for longer.</summary>
    static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    readonly string root;
    readonly string drafts;

    DiskBlobs(string path) => (root, drafts) = (Path.GetFullPath(path), Path.Combine(Path.GetFullPath(path), "drafts"));

    /// <summary>Opens the store in a folder, which is made when it is missing; drafts that a crash left there are removed.</summary>
    /// <exception cref="IOException">The folder cannot be made, or is a file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static DiskBlobs Open(string path, TimeProvider clock)
    {
        var store = new DiskBlobs(path);
        Directory.CreateDirectory(store.root, OursAlone | UnixFileMode.UserExecute);
        MakeFolder(store.drafts);
        foreach (var draft in new DirectoryInfo(store.drafts).EnumerateFiles())
            if (draft.LastWriteTimeUtc < (clock.GetUtcNow() - Abandoned).UtcDateTime) draft.Delete();
        store.Touch();
        return store;
    }

    /// <inheritdoc/>
    public async Task PutAsync(BlobKey key, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(key, write, cancellationToken);
        }
        catch (Exception broken) when (IsTrouble(broken))
        {
            throw Trouble(broken);
        }
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(BlobKey key, CancellationToken cancellationToken) => Task.FromResult<Stream?>(Told(() => OpenFile(PlaceOf(key))));

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(BlobKey key, CancellationToken cancellationToken) => Task.FromResult(Told(() => RemoveFile(PlaceOf(key))));

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredBlob> ListAsync(string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var tenant in Told(() => new DirectoryInfo(root).GetDirectories()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var file in Told(() => FilesIn(Path.Combine(tenant.FullName, kind))))
                if (BlobKey.TryParse($"{tenant.Name}/{kind}/{file.Name}", out var key)) yield return new(key.Value, file.Length, new DateTimeOffset(file.LastWriteTimeUtc));
            await Task.Yield(); // a large store is no reason to keep a thread
        }
    }

    /// <inheritdoc/>
    public Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            Touch();
            return Task.FromResult<string?>(null);
        }
        catch (Exception away) when (IsTrouble(away))
        {
            return Task.FromResult<string?>(away.Message);
        }
    }

    /// <summary>Writes a file and removes it.</summary>
    void Touch()
    {
        using var file = Create(Path.Combine(drafts, RandomNumberGenerator.GetHexString(32)), FileOptions.DeleteOnClose);
        file.WriteByte(0);
        file.Flush();
    }

    async Task WriteAsync(BlobKey key, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var draft = Path.Combine(drafts, RandomNumberGenerator.GetHexString(32));
        try
        {
            await using (var file = Create(draft, FileOptions.Asynchronous))
            {
                await write(file);
                cancellationToken.ThrowIfCancellationRequested();
                file.Flush(flushToDisk: true);
            }

            Keep(draft, key);
        }
        finally
        {
            File.Delete(draft); // by now it has its own name, or never will
        }
    }

    void Keep(string draft, BlobKey key)
    {
        var (place, folder) = (PlaceOf(key), Path.GetDirectoryName(PlaceOf(key))!);
        MakeFolder(Path.GetDirectoryName(folder)!);
        MakeFolder(folder);
        try
        {
            File.Move(draft, place); // which overwrites nothing
        }
        catch (IOException taken) when (File.Exists(place))
        {
            throw new InvalidOperationException($"There is a blob under {key}.", taken);
        }

        FolderSync.Flush(folder);
    }

    string PlaceOf(BlobKey key) => Path.Combine(root, key.ToString());

    /// <summary>A folder within the store; a new one is on disk before anything is kept in it.</summary>
    static void MakeFolder(string path)
    {
        var folder = new DirectoryInfo(path);
        if (folder.LinkTarget is not null) throw new IOException($"'{path}' is a symbolic link; the store follows none.");
        if (folder.Exists) return;
        Directory.CreateDirectory(path, OursAlone | UnixFileMode.UserExecute);
        FolderSync.Flush(Path.GetDirectoryName(path)!);
    }

    static FileStream Create(string path, FileOptions options) => new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        BufferSize = Buffer,
        UnixCreateMode = OursAlone,
        Options = options,
    });

    FileStream? OpenFile(string place) => !IsFile(place) ? null : new(place, new FileStreamOptions
    {
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = Buffer,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
    });

    bool RemoveFile(string place)
    {
        if (!IsFile(place)) return false;
        File.Delete(place);
        return true;
    }

    /// <summary>Whether a file is there, and neither it nor a folder on the way to it is a link.</summary>
    bool IsFile(string place)
    {
        for (var folder = Path.GetDirectoryName(place)!; folder.Length > root.Length; folder = Path.GetDirectoryName(folder)!)
            if (new DirectoryInfo(folder).LinkTarget is not null) return false;
        return new FileInfo(place) is { Exists: true, LinkTarget: null };
    }

    static IReadOnlyList<FileInfo> FilesIn(string path)
    {
        var folder = new DirectoryInfo(path);
        return folder is { Exists: true, LinkTarget: null } ? [.. folder.EnumerateFiles().Where(file => file.LinkTarget is null)] : [];
    }

    static T Told<T>(Func<T> what)
    {
        try
        {
            return what();
        }
        catch (Exception broken) when (IsTrouble(broken))
        {
            throw Trouble(broken);
        }
    }

    static bool IsTrouble(Exception broken) => broken is IOException or UnauthorizedAccessException;

    static StorageException Trouble(Exception broken) => broken.HResult == NoSpace ? new StorageFullException(broken) : new BlobsUnavailableException(broken);
}
