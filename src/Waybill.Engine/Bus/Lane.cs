using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Bus;

/// <summary>
/// The order of one subscription's events about one subject, as an id: two that meet in it by chance only wait for each other.
/// </summary>
internal static class Lane
{
    public static Guid? Of(TenantId tenant, string subscription, string? subject) => subject is null
        ? null
        : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}\n{subscription}\n{subject}")).AsSpan(0, 16), bigEndian: true);
}
