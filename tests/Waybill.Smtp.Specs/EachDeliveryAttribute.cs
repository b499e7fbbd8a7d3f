using System.Reflection;
using Waybill.Testing.Smtp;
using Xunit.Sdk;
using Xunit.v3;

namespace Waybill.Smtp.Specs;

/// <summary>A row of a table, run three times: the peer's octets arrive in one blit, byte by byte and line by line.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EachDeliveryAttribute(params object?[] row) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<Delivery>().Select(delivery => new TheoryDataRow([delivery, .. row]))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
