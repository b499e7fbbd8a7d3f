using System.Net;
using System.Net.Sockets;

namespace Waybill.Testing;

/// <summary>
/// Hands out TCP ports of 127.0.0.1 that nobody else has, to servers that cannot take port 0. They lie below the kernel's range for
/// outgoing connections, and each is locked by a file for as long as this process lives, so that specs running beside us get others.
/// </summary>
public static class FreePorts
{
    const int First = 20_000;
    const int Last = 32_000;
    static readonly Lock Gate = new();
    static readonly Dictionary<int, FileStream> Taken = [];

    static readonly DirectoryInfo Locks =
        Directory.CreateDirectory(Path.Combine("/tmp", $"waybill-ports-{Environment.UserName}"));

    /// <summary>The first of <paramref name="count"/> consecutive ports.</summary>
    public static int Take(int count = 1)
    {
        lock (Gate)
        {
            for (var tries = 0; tries < 1000; tries++)
            {
                var start = Random.Shared.Next(First, Last - count);
                if (TakeAll(start, count)) return start;
            }
        }
        throw new InvalidOperationException($"No {count} free ports in a row between {First} and {Last}.");
    }

    static bool TakeAll(int start, int count)
    {
        for (var port = start; port < start + count; port++)
        {
            if (TakeOne(port)) continue;
            while (--port >= start) Release(port);
            return false;
        }
        return true;
    }

    static bool TakeOne(int port)
    {
        if (Taken.ContainsKey(port) || !IsFree(port) || TryLock(port) is not { } file) return false;
        Taken.Add(port, file);
        return true;
    }

    static void Release(int port)
    {
        if (Taken.Remove(port, out var file)) file.Dispose();
    }

    static FileStream? TryLock(int port)
    {
        var path = Path.Combine(Locks.FullName, port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        try { return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException) { return null; }
    }

    static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try { listener.Start(); return true; }
        catch (SocketException) { return false; }
    }
}
