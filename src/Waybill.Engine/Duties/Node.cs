using System.Globalization;
using System.Security.Cryptography;

namespace Waybill.Engine.Duties;

/// <summary>This process among all that ever work on the same database.</summary>
internal static class Node
{
    /// <summary>Host and process tell people which it is, the random part makes sure that the name never comes again.</summary>
    public static string NewName() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.MachineName}:{Environment.ProcessId}:{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}");
}
