using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Blobs;

namespace Waybill.Engine.Secrets;

/// <summary>Where the master key is: in a file, or in the environment, which nobody but the operator can change.</summary>
public sealed class MasterKeyPlace
{
    const string Name = "master.key";
    const int HeldByAnother = 11; // EAGAIN, what flock says
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly MasterKey? given;
    readonly string folder = "";

    MasterKeyPlace(MasterKey given) => this.given = given;

    MasterKeyPlace(string folder) => this.folder = folder;

    /// <summary>The environment has it.</summary>
    public static MasterKeyPlace InEnvironment(MasterKey key) => new(key);

    /// <summary>It lies in this folder, which is made with it when there is none.</summary>
    public static MasterKeyPlace InFolder(string folder) => new(folder);

    /// <summary>Its file; null: the environment has it.</summary>
    public string? File => given is null ? Path.Combine(folder, Name) : null;

    /// <summary>What people call it.</summary>
    internal string Words => File is { } file ? $"Secrets:KeyPath: the master key '{file}'" : "WAYBILL_MASTER_KEY";

    /// <summary>The key that is there; null: there is none.</summary>
    /// <exception cref="WrongMasterKeyException">It cannot be used.</exception>
    public MasterKey? Read() => File is { } file ? Read(file) : given;

    /// <summary>Keys that were made for a database which may not have taken them: the first start ended between the two.</summary>
    internal IReadOnlyList<MasterKeyDraft> Drafts() => File is { } file && Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, Name + ".*.new").Order(StringComparer.Ordinal).Select(draft => (draft, Read(draft)))
            .Where(one => one.Item2 is not null).Select(one => new MasterKeyDraft(one.Item2!, one.draft, file))]
        : [];

    /// <summary>Makes a key and puts it on disk under another name, for a database that is to take it first.</summary>
    internal MasterKeyDraft Make()
    {
        var key = MasterKey.New();
        var draft = Path.Combine(folder, $"{Name}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}.new");
        Told(() =>
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
            Write(draft + ".part", key, OwnerOnly);
            System.IO.File.Move(draft + ".part", draft); // whole or not at all: a node beside us looks for drafts
            FileNames.Flush(folder);
        });
        return new(key, draft, File!);
    }

    /// <summary>Puts these keys in place of those in the file, all at once, and on disk.</summary>
    internal void Put(MasterKey key) => Told(() =>
    {
        var (file, next) = (File!, Path.Combine(folder, Name + ".next"));
        System.IO.File.Delete(next);
        Write(next, key, System.IO.File.GetUnixFileMode(file));
        System.IO.File.Move(next, file, overwrite: true);
        FileNames.Flush(folder);
    });

    /// <summary>Only one rotation goes on in a folder; null: another one does.</summary>
    internal IDisposable? TryHold()
    {
        if (File is null) return new MemoryStream(); // nothing to hold: nobody writes an environment
        try
        {
            return new FileStream(Path.Combine(folder, "rotation.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (held.HResult == HeldByAnother)
        {
            return null;
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or IOException)
        {
            throw Unusable(File, closed);
        }
    }

    static MasterKey? Read(string file)
    {
        try
        {
            return MasterKey.Parse(System.IO.File.ReadAllText(file));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception unusable) when (unusable is FormatException or UnauthorizedAccessException or IOException)
        {
            throw Unusable(file, unusable);
        }
    }

    void Told(Action act)
    {
        try
        {
            act();
        }
        catch (Exception unusable) when (unusable is UnauthorizedAccessException or IOException)
        {
            throw Unusable(File!, unusable);
        }
    }

    static WrongMasterKeyException Unusable(string file, Exception why) =>
        new($"Secrets:KeyPath: the master key '{file}' cannot be used. {why.Message}");

    static void Write(string path, MasterKey key, UnixFileMode mode)
    {
        using (var file = new FileStream(
            path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode }))
        {
            file.Write(Encoding.ASCII.GetBytes(key.Text));
            file.Flush(flushToDisk: true);
        }

        FileNames.Flush(Path.GetDirectoryName(path)!);
    }
}

/// <summary>A key that is on disk and not yet the one of its place.</summary>
internal sealed record MasterKeyDraft(MasterKey Key, string Path, string File)
{
    /// <summary>The database took it: it is the one from now on. A node beside us may have done this a moment ago.</summary>
    public void Settle()
    {
        try
        {
            if (System.IO.File.Exists(Path)) FileNames.TryAdd(Path, File);
        }
        catch (IOException) when (System.IO.File.Exists(File) && !System.IO.File.Exists(Path))
        {
            // it did so between our question and our act
        }

        System.IO.File.Delete(Path);
        FileNames.Flush(System.IO.Path.GetDirectoryName(File)!);
    }

    /// <summary>The database has another one.</summary>
    public void Discard() => System.IO.File.Delete(Path);
}
