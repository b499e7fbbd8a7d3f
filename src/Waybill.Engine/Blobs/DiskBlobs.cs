using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Blobs;

/// <summary>
/// Blobs as files below one folder, <c>{tenant}/{kind}/{id}</c>, for the server's user alone. A file comes into being under another name
/// and is given its own when all of it is on disk. The folder may be a symbolic link; within it none is followed.
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
    readonly TimeProvider clock;

    DiskBlobs(string path, TimeProvider clock) =>
        (root, drafts, this.clock) = (Path.GetFullPath(path), Path.Combine(Path.GetFullPath(path), "drafts"), clock);

    /// <summary>Opens the store in a folder, which is made when it is missing.</summary>
    /// <exception cref="IOException">The folder cannot be made, or is a file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static DiskBlobs Open(string path, TimeProvider clock)
    {
        var store = new DiskBlobs(path, clock);
        Directory.CreateDirectory(store.root, OursAlone | UnixFileMode.UserExecute);
        MakeFolder(store.drafts);
        store.Clear();
        store.Try();
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
    public Task<Stream?> OpenAsync(BlobKey key, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(Told(() => OpenFile(PlaceOf(key))));

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(BlobKey key, CancellationToken cancellationToken) =>
        Task.FromResult(Told(() => RemoveFile(PlaceOf(key))));

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredBlob> ListAsync(string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var tenant in Told(() => new DirectoryInfo(root).GetDirectories()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var blob in Told(() => BlobsOf(tenant, kind))) yield return blob;
            await Task.Yield(); // a large store is no reason to keep a thread
        }
    }

    /// <inheritdoc/>
    public Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            Try();
            return Task.FromResult<string?>(null);
        }
        catch (Exception away) when (IsTrouble(away))
        {
            return Task.FromResult<string?>(away.Message);
        }
    }

    /// <summary>Does what putting a blob does, and takes it back.</summary>
    void Try()
    {
        var (draft, name) = (NewDraft(), NewDraft());
        try
        {
            using (var file = Create(draft, FileOptions.None))
            {
                file.WriteByte(0);
                file.Flush(flushToDisk: true);
            }

            FileNames.TryAdd(draft, name);
            FileNames.Flush(drafts);
        }
        finally
        {
            File.Delete(draft);
            File.Delete(name);
        }
    }

    /// <summary>Removes the drafts that a crash left.</summary>
    void Clear()
    {
        foreach (var draft in new DirectoryInfo(drafts).EnumerateFiles())
            if (draft.LastWriteTimeUtc < (clock.GetUtcNow() - Abandoned).UtcDateTime) draft.Delete();
    }

    string NewDraft() => Path.Combine(drafts, RandomNumberGenerator.GetHexString(32));

    async Task WriteAsync(BlobKey key, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        Clear();
        var draft = NewDraft();
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
        if (!FileNames.TryAdd(draft, place)) throw new InvalidOperationException($"There is a blob under {key}.");
        FileNames.Flush(folder);
    }

    string PlaceOf(BlobKey key) => Path.Combine(root, key.ToString());

    /// <summary>A folder within the store; a new one is on disk before anything is kept in it.</summary>
    static void MakeFolder(string path)
    {
        var folder = new DirectoryInfo(path);
        if (folder.LinkTarget is not null) throw new IOException($"'{path}' is a symbolic link; the store follows none.");
        if (folder.Exists) return;
        Directory.CreateDirectory(path, OursAlone | UnixFileMode.UserExecute);
        FileNames.Flush(Path.GetDirectoryName(path)!);
    }

    static FileStream Create(string path, FileOptions options) => new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        BufferSize = Buffer,
        UnixCreateMode = OursAlone,
        Options = options,
    });

    /// <summary>Null only where the store is there and the file is not.</summary>
    FileStream? OpenFile(string place)
    {
        if (IsLink(place)) return null;
        try
        {
            return new(place, new FileStreamOptions
            {
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = Buffer,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Directory.Exists(drafts) ? null : throw new IOException($"'{root}' is not there, or not the store any more.", missing);
        }
    }

    bool RemoveFile(string place)
    {
        using (var file = OpenFile(place))
            if (file is null) return false;
        File.Delete(place);
        return true;
    }

    /// <summary>Whether it, or a folder on the way to it, is a link.</summary>
    bool IsLink(string place)
    {
        for (var path = place; path.Length > root.Length; path = Path.GetDirectoryName(path)!)
            if (new FileInfo(path).LinkTarget is not null) return true;
        return false;
    }

    /// <summary>Files that go away while they are listed are not among them.</summary>
    static List<StoredBlob> BlobsOf(DirectoryInfo tenant, string kind)
    {
        var folder = new DirectoryInfo(Path.Combine(tenant.FullName, kind));
        if (tenant.LinkTarget is not null || folder is not { Exists: true, LinkTarget: null }) return [];
        var blobs = new List<StoredBlob>();
        foreach (var file in folder.EnumerateFiles())
            if (BlobKey.TryParse($"{tenant.Name}/{kind}/{file.Name}", out var key) && file is { LinkTarget: null, Exists: true })
                blobs.Add(new(key.Value, file.Length, new DateTimeOffset(file.LastWriteTimeUtc)));
        return blobs;
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

    static StorageException Trouble(Exception broken) =>
        broken.HResult == NoSpace ? new StorageFullException(broken) : new BlobsUnavailableException(broken);
}
