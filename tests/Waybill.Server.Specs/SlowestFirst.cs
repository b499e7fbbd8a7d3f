using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Waybill.Server.Specs.SlowestFirst))]

namespace Waybill.Server.Specs;

/// <summary>
/// Begins with the collections that take longest, one spec after the other, so that none of them is what all the others' threads wait for
/// in the end. A name that is missing here costs seconds and breaks nothing.
/// </summary>
public sealed class SlowestFirst : ITestCollectionOrderer
{
    static readonly string[] Slowest =
    [
        "Surviving_kills+Over_SQLite", "Surviving_kills+Over_PostgreSQL", "The_command_line", "The_first_owner",
        "Receipts_when_the_relay_is_in_trouble", "Every_page ", nameof(RacketBook.Shop), nameof(Accounts.AccountsServer),
        "A_relay_in_trouble", "A_relay_that_answers_late_or_never", "When_PostgreSQL_is_away", "Numbers_of_receipts_on_PostgreSQL",
        "Starting", "Settings_that_are_wrong", "Taking_over_from_a_dead_node", "Sending_through_a_second_Waybill", "Sending_a_test",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Place)];

    static int Place<TTestCollection>(TTestCollection collection) where TTestCollection : ITestCollection
    {
        var place = Array.FindIndex(Slowest, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal));
        return place < 0 ? Slowest.Length : place;
    }
}
