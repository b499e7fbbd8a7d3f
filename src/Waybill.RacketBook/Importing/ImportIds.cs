using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Tenancy;

namespace Waybill.RacketBook.Importing;

/// <summary>
/// Ids that follow from what is imported: the same file, imported once more, names the same rows. They begin with a day, as those of
/// UUID version 7 do, so that an old order stands among the old ones.
/// </summary>
static class ImportIds
{
    /// <summary>Of what has no day.</summary>
    internal static readonly DateOnly NoDay = new(2000, 1, 1);

    /// <summary>What stays of an id when a row's day is filled in later, or corrected.</summary>
    internal static UInt128 Undated(Guid id)
    {
        Span<byte> octets = stackalloc byte[16];
        id.TryWriteBytes(octets, bigEndian: true, out _);
        octets[..6].Clear();
        return BinaryPrimitives.ReadUInt128BigEndian(octets);
    }

    internal static Guid Of(TenantId stringer, string key, DateOnly day)
    {
        Span<byte> id = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{stringer.Value:N}\n{key}"), id);
        var noon = new DateTimeOffset(day, new(12, 0), TimeSpan.Zero).ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteUInt16BigEndian(id, (ushort)(noon >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(id[2..], (uint)noon);
        id[6] = (byte)(0x70 | (id[6] & 0x0f));
        id[8] = (byte)(0x80 | (id[8] & 0x3f));
        return new(id[..16], bigEndian: true);
    }
}
