namespace Waybill.Server.Control;

/// <summary>Where the control socket lies.</summary>
internal static class ControlSocket
{
    const int LongestPath = 107; // sun_path of sockaddr_un, without its NUL

    /// <summary>Its path; a data folder too deep for a socket's name gets one in the temporary folder, named after it.</summary>
    public static string PathFor(string dataPath)
    {
        var path = Path.Combine(dataPath, "control.sock");
        if (System.Text.Encoding.UTF8.GetByteCount(path) <= LongestPath) return path;
        var name = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(dataPath)))[..16];
        var folder = Path.Combine(Path.GetTempPath(), $"waybill-{Environment.UserName}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Path.Combine(folder, $"{name}.sock");
    }

    /// <summary>Removes what a killed server left; only the holder of the instance lock may.</summary>
    public static void RemoveStale(string path) => File.Delete(path);

    /// <summary>Nobody but the owner may connect.</summary>
    public static void Protect(string path)
    {
        if (File.Exists(path)) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
