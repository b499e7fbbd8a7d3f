using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Audit;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Accounts;

/// <summary>
/// Ten failures a minute for one account from one address, on all nodes together. It counts from where, so that who guesses from elsewhere
/// locks nobody out; what only somebody with a session can try counts from anywhere. An attempt counts as failed from its beginning, so
/// that many at once are no way around.
/// </summary>
internal sealed class SignInThrottle(IDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Failures in <see cref="Window"/>.</summary>
    public const int Most = 10;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Stands for every address.</summary>
    public const string Anywhere = "";

    /// <summary>Counts an attempt from wherever; false when it may not be made.</summary>
    public Task<bool> TryBeginAnywhereAsync(string account, string address, CancellationToken cancellationToken)
    {
        var who = Who(account, Anywhere);
        return database.WriteAsync("begin sign-in", session => TryBeginAsync(session, who, account, address), cancellationToken);
    }

    /// <summary>Counts an attempt from one address; false when it may not be made.</summary>
    /// <param name="account">What it is counted by.</param>
    /// <param name="shown">What the audit keeps of it.</param>
    /// <param name="address">From where.</param>
    /// <param name="cancellationToken">Stops the waiting for a turn.</param>
    public Task<bool> TryBeginAsync(string account, string shown, string address, CancellationToken cancellationToken)
    {
        var who = Who(account, address);
        return database.WriteAsync("begin sign-in", session => TryBeginAsync(session, who, shown, address), cancellationToken);
    }

    async ValueTask<bool> TryBeginAsync(Session session, byte[] who, string shown, string address)
    {
        var now = clock.GetUtcNow();
        await session.HoldAsync([new Guid(who.AsSpan(0, 16))], CancellationToken.None);
        await session.ExecuteAsync("DELETE FROM sign_in_failures WHERE at <= $1", p => p.Instant(now - Window), CancellationToken.None);
        // of a time that is still to come, for the clock was put back: nobody waits much longer than a window
        await session.ExecuteAsync(
            "UPDATE sign_in_failures SET at = $1 WHERE at > $2", p => p.Instant(now).Instant(now + Window), CancellationToken.None);
        var failures = await session.FirstAsync(
            "SELECT count(*) FROM sign_in_failures WHERE who = $1", p => p.Bytes(who), row => row.Count(0), CancellationToken.None);
        if (failures > Most) return false; // this was told of already
        await session.ExecuteAsync(
            "INSERT INTO sign_in_failures (id, who, at) VALUES ($1, $2, $3)",
            p => p.Id(Guid.CreateVersion7(now)).Bytes(who).Instant(now),
            CancellationToken.None);
        if (failures < Most) return true;
        await audit.AppendAsync(session, Actor.Somebody(address), null, Acts.Throttled, shown, isDone: false);
        return false;
    }

    /// <summary>Who got in starts from nought.</summary>
    public static ValueTask<int> ForgetAsync(Session session, string account, string address) =>
        session.ExecuteAsync("DELETE FROM sign_in_failures WHERE who = $1", p => p.Bytes(Who(account, address)), CancellationToken.None);

    static byte[] Who(string account, string address) => SHA256.HashData(Encoding.UTF8.GetBytes(account + "\n" + Net(address)));

    /// <summary>Of IPv6 the /64: whoever has one address there has them all.</summary>
    public static string Net(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed)) return address;
        if (parsed.IsIPv4MappedToIPv6) return parsed.MapToIPv4().ToString();
        return parsed.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(parsed.GetAddressBytes().AsSpan(0, 8))
            : parsed.ToString();
    }
}
