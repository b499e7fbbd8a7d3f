using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Waybill.Server.Configuration;

namespace Waybill.Server.Control;

/// <summary>
/// Where the control socket lies, and whether it can be trusted. It lies in the data folder; where that is too deep for a socket's name, in
/// a folder under the temporary one, which anybody could have made before us.
/// </summary>
internal static class ControlSocket
{
    const int LongestPath = 107; // sun_path of sockaddr_un, without its NUL
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const int SocketLevel = 1; // SOL_SOCKET of Linux
    const int PeerCredentials = 17; // SO_PEERCRED

    /// <summary>Its path. A folder outside the data folder is made, and must be ours alone.</summary>
    /// <exception cref="WrongSettingsException">That folder is another's, open to others, or a link.</exception>
    public static string PathFor(string dataPath)
    {
        var path = Path.Combine(dataPath, "control.sock");
        if (Encoding.UTF8.GetByteCount(path) <= LongestPath) return path;
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataPath)))[..16];
        return Path.Combine(FolderFor(dataPath), $"{name}.sock");
    }

    /// <summary>Removes what a killed server left; only the holder of the instance lock may.</summary>
    public static void RemoveStale(string path) => File.Delete(path);

    /// <summary>Nobody but the owner may connect.</summary>
    public static void Protect(string path)
    {
        if (File.Exists(path)) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Who answers must be ourselves, root, or whoever owns the data: anybody else is no server of this data.</summary>
    /// <exception cref="WrongSettingsException">It is another.</exception>
    public static void MustBeServerOf(string dataPath, Socket connected)
    {
        if (!OperatingSystem.IsLinux()) return;
        Span<byte> peer = stackalloc byte[3 * sizeof(int)]; // pid, uid, gid
        connected.GetRawSocketOption(SocketLevel, PeerCredentials, peer);
        var user = BinaryPrimitives.ReadUInt32LittleEndian(peer[sizeof(int)..]);
        if (!IsTrusted(user, dataPath))
            throw new WrongSettingsException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Who answers on the control socket of '{dataPath}' runs as the user {user}, who does not own that folder. It is no server of this data, and nothing was asked of it. Find out who made the socket, and remove it."));
    }

    /// <summary>Named after who owns the data, so that root finds the server of another user.</summary>
    static string FolderFor(string dataPath)
    {
        var owner = OperatingSystem.IsLinux() ? FileOwner.Of(dataPath)?.User ?? FileOwner.Ourselves : 0;
        var folder = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"waybill-{owner}"));
        if (!OperatingSystem.IsLinux() || FileOwner.Of(folder) is null) Directory.CreateDirectory(folder, OwnerOnly);
        if (OperatingSystem.IsLinux() && ObjectionTo(folder, dataPath) is { } objection)
            throw new WrongSettingsException(
                $"Data:Path is too long for a control socket, which would lie in '{folder}' then, and that folder cannot be trusted: {objection} Remove it, or choose a shorter Data:Path.");
        return folder;
    }

    static string? ObjectionTo(string folder, string dataPath) => FileOwner.Of(folder) switch
    {
        null => "it cannot be looked at.",
        { IsFolder: false } => "it is no folder but a link or a file.",
        { User: var user } when !IsTrusted(user, dataPath) =>
            string.Create(CultureInfo.InvariantCulture, $"it belongs to the user {user}."),
        { IsPrivateFolder: false } => "others than its owner may use it (its mode is not 0700).",
        _ => null,
    };

    static bool IsTrusted(uint user, string dataPath) => IsTrusted(user, FileOwner.Ourselves, FileOwner.Of(dataPath)?.User);

    /// <summary>Whether that user may stand for the server of data that has this owner.</summary>
    internal static bool IsTrusted(uint user, uint ourselves, uint? owner) => user == 0 || user == ourselves || user == owner;
}
