using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Waybill.Engine.Audit;
using Waybill.Engine.Secrets;

namespace Waybill.Engine.Accounts;

/// <summary>
/// The devices on which people signed in before. A cookie says so, sealed by a key of ours: it lets nobody in, and whoever steals one gains
/// a better place in the queue.
/// </summary>
internal sealed class KnownDevices(DataKeys keys, TimeProvider clock)
{
    /// <summary>After it a device is a stranger again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    /// <summary>People that one device is known for.</summary>
    const int Most = 4;

    const int PersonSize = 16;
    const int DeviceSize = 8;
    const int Signed = PersonSize + DeviceSize + sizeof(long);
    const int SealSize = 16;

    readonly byte[] key = keys.Derive("known devices");

    /// <summary>What the cookie is to hold after somebody signed in: them, and those whom it held before.</summary>
    public string Remember(string? cookie, PersonId person)
    {
        var before = Read(cookie);
        var device = before.Find(one => one.Person == person)?.Device ?? RandomNumberGenerator.GetBytes(DeviceSize);
        IEnumerable<Pass> all = [new(person, device, clock.GetUtcNow()), .. before.Where(one => one.Person != person)];
        return string.Join('.', all.Take(Most).Select(Write));
    }

    /// <summary>The device, if the person signed in on it before; null: it is a stranger's.</summary>
    public string? Find(string? cookie, PersonId person) =>
        Read(cookie).Find(one => one.Person == person) is { } pass ? Convert.ToHexStringLower(pass.Device) : null;

    /// <summary>Whether anybody signed in on it before.</summary>
    public bool IsAnybodys(string? cookie) => Read(cookie).Count > 0;

    List<Pass> Read(string? cookie) => cookie is null ? [] : [.. cookie.Split('.').Take(Most).Select(ReadOne).OfType<Pass>()];

    Pass? ReadOne(string text)
    {
        Span<byte> octets = stackalloc byte[Signed + SealSize];
        if (text.Length > 100 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, octets, out var written)
            || written != octets.Length) return null;
        if (!CryptographicOperations.FixedTimeEquals(Seal(octets[..Signed]), octets[Signed..])) return null;
        var at = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(octets[(PersonSize + DeviceSize)..]));
        return clock.GetUtcNow() - at < Lifetime
            ? new(new(new Guid(octets[..PersonSize])), octets.Slice(PersonSize, DeviceSize).ToArray(), at)
            : null;
    }

    string Write(Pass pass)
    {
        Span<byte> octets = stackalloc byte[Signed + SealSize];
        pass.Person.Value.TryWriteBytes(octets);
        pass.Device.CopyTo(octets[PersonSize..]);
        BinaryPrimitives.WriteInt64BigEndian(octets[(PersonSize + DeviceSize)..], pass.At.ToUnixTimeSeconds());
        Seal(octets[..Signed]).CopyTo(octets[Signed..]);
        return Base64Url.EncodeToString(octets);
    }

    byte[] Seal(ReadOnlySpan<byte> octets) => HMACSHA256.HashData(key, octets)[..SealSize];

    sealed record Pass(PersonId Person, byte[] Device, DateTimeOffset At);
}
