using System.Text;

namespace Waybill.Testing.Real;

/// <summary>A Maildir that a real server delivers into, read as raw bytes.</summary>
public sealed class Maildir(string path)
{
    /// <summary>The first message that fits, once it has come (10 s unless told).</summary>
    public Task<byte[]> WaitForMailAsync(Func<byte[], bool> fits, TimeSpan? limit = null) =>
        Eventually.GetAsync($"a mail in {path}", async () => (await ReadAllAsync()).FirstOrDefault(fits), limit);

    /// <summary>The first message in which this text stands, as Latin-1.</summary>
    public Task<byte[]> WaitForMailAsync(string text, TimeSpan? limit = null) =>
        WaitForMailAsync(mail => Encoding.Latin1.GetString(mail).Contains(text, StringComparison.Ordinal), limit);

    /// <summary>All messages, once there are at least this many.</summary>
    public Task<IReadOnlyList<byte[]>> WaitForMailAsync(int count, TimeSpan? limit = null) =>
        Eventually.GetAsync(
            $"{count} mails in {path}", async () => await ReadAllAsync() is var all && all.Count >= count ? all : null, limit);

    /// <summary>Every message, oldest first.</summary>
    public async Task<IReadOnlyList<byte[]>> ReadAllAsync()
    {
        var folder = new DirectoryInfo(Path.Combine(path, "new"));
        if (!folder.Exists) return [];
        var mails = new List<byte[]>();
        foreach (var file in folder.GetFiles().OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal))
            mails.Add(await File.ReadAllBytesAsync(file.FullName));
        return mails;
    }
}
