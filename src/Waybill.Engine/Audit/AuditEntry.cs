using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Audit;

/// <summary>One act as it is kept: who did what, where, and whether it was allowed.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="At">When.</param>
/// <param name="Tenant">In which tenant; <see cref="TenantId.Everybody"/>: the instance.</param>
/// <param name="Who">By whom, from which address.</param>
/// <param name="Act">A word with a dot, e.g. <c>session.begin</c>; <see cref="Acts"/> has the ones of accounts.</param>
/// <param name="What">To whom or to what, in words; never a secret.</param>
/// <param name="IsDone">False: it was tried and refused.</param>
public sealed record AuditEntry(Guid Id, DateTimeOffset At, TenantId Tenant, Actor Who, string Act, string What, bool IsDone)
{
    internal string Outcome => IsDone ? "done" : "refused";

    /// <summary>Covers every column, each with its length so that none can run into the next.</summary>
    internal byte[] Hash(byte[] salt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        var micros = At.UtcTicks / TimeSpan.TicksPerMicrosecond; // both databases keep microseconds
        foreach (var text in (ReadOnlySpan<string>)[$"{Id:D}/{micros}/{Tenant}/{Who.Person}", Who.Name, Act, What, Who.Address, Outcome])
            Append(hash, text);
        return hash.GetHashAndReset();
    }

    static void Append(IncrementalHash hash, string text)
    {
        var field = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        hash.AppendData(length);
        hash.AppendData(field);
    }
}
