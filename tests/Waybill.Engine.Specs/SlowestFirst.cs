using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Waybill.Engine.Specs.SlowestFirst))]

namespace Waybill.Engine.Specs;

/// <summary>
/// Begins with the collections that take longest, one spec after the other, so that none of them is what all the others' threads wait for
/// in the end. A name that is missing here costs seconds and breaks nothing.
/// </summary>
public sealed class SlowestFirst : ITestCollectionOrderer
{
    static readonly string[] Slowest =
    [
        "Killing_a_node_that_handles_on_Postgres", "Mails_in_a_browser", "Signing_people_in_on_Postgres", "Signing_people_in_on_Sqlite",
        "A_unit_that_takes_too_long_on_Postgres",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Place)];

    static int Place<TTestCollection>(TTestCollection collection) where TTestCollection : ITestCollection
    {
        var place = Array.FindIndex(Slowest, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal));
        return place < 0 ? Slowest.Length : place;
    }
}
