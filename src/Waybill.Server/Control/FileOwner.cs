using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Waybill.Server.Control;

/// <summary>Whose a file is, by statx(2), which no link deceives: the answer is of the name itself.</summary>
/// <param name="User">The user id.</param>
/// <param name="Mode">Type and permissions, as st_mode has them.</param>
internal sealed record FileOwner(uint User, int Mode)
{
    const int Here = -100; // AT_FDCWD
    const int NotThroughLinks = 0x100; // AT_SYMLINK_NOFOLLOW
    const uint BasicStats = 0x7ff;
    const int Size = 256;
    const int UserAt = 20; // stx_uid, the same on every architecture
    const int ModeAt = 28;
    const int TypeBits = 0xF000;
    const int Folder = 0x4000;
    const int Others = 0x3F; // what group and others may

    /// <summary>Whether it is a folder that only its owner may look into.</summary>
    public bool IsPrivateFolder => (Mode & TypeBits) == Folder && (Mode & Others) == 0;

    /// <summary>Whether it is a folder at all, and no link to one.</summary>
    public bool IsFolder => (Mode & TypeBits) == Folder;

    /// <summary>The user that this process acts as.</summary>
    public static uint Ourselves => EffectiveUser();

    /// <summary>Of a path; null: there is nothing, or nobody can tell.</summary>
    public static FileOwner? Of(string path)
    {
        var answer = new byte[Size];
        if (Ask(Here, [.. Encoding.UTF8.GetBytes(path), 0], NotThroughLinks, BasicStats, answer) != 0) return null;
        return new(
            BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(UserAt)), BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(ModeAt)));
    }

    // Without generated marshalling, which needs unsafe code.
#pragma warning disable SYSLIB1054
    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Ask(int folder, byte[] path, int flags, uint mask, byte[] answer);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern uint EffectiveUser();
#pragma warning restore SYSLIB1054
}
