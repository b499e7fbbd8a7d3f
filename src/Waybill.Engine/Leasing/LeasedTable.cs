using Waybill.Engine.Storage;

namespace Waybill.Engine.Leasing;

/// <summary>
/// Describes a table whose rows are claimed under leases. It has the columns <c>state</c>, <c>token</c>, <c>owner</c>, <c>lease_until</c>,
/// <c>due_at</c>, <c>wait</c>, <c>attempt</c> and <c>share</c>, and an index over what is queued by <c>due_at</c> and by <c>share,
/// due_at</c>.
/// </summary>
/// <param name="Name">The table.</param>
/// <param name="Key">Its primary key.</param>
/// <param name="Claimed">The word in <c>state</c> for what is claimed.</param>
/// <param name="Columns">What a claim is read from.</param>
/// <param name="Read">Reads it.</param>
internal sealed record LeasedTable<TKey, TClaim>(string Name, RowKey<TKey> Key, string Claimed, string Columns, Func<Row, TClaim> Read)
{
    /// <summary>Further assignments for a row that is claimed; each begins with a comma, as in those below.</summary>
    public string OnClaim { get; init; } = "";

    /// <summary>Further assignments for a row that goes back to the queue.</summary>
    public string OnQueued { get; init; } = "";

    /// <summary>Further assignments for a row whose node died with it.</summary>
    public string OnLost { get; init; } = "";

    /// <summary>Further assignments for a row that is parked.</summary>
    public string OnParked { get; init; } = "";

    /// <summary>The condition on a lost row that it may simply be queued again; any other is taken over, and its queue decides.</summary>
    public string MayGoOn { get; init; } = "1 = 1";

    /// <summary>The condition on a queued row that its due time is a wait, which a clock that went back may move.</summary>
    public string MayMove { get; init; } = "1 = 1";

    /// <summary>What the names of its steps begin with, see <see cref="Steps"/>.</summary>
    public string StepPrefix { get; init; } = "";
}

/// <summary>A primary key of one column.</summary>
internal sealed record RowKey<TKey>(string Column, Func<Parameters, TKey, Parameters> Bind, Func<Row, int, TKey> Read);

/// <summary>The kinds of primary keys that there are.</summary>
internal static class RowKey
{
    public static RowKey<Guid> Id(string column) => new(column, (p, key) => p.Id(key), (row, i) => row.Id(i));

    public static RowKey<long> Number(string column) => new(column, (p, key) => p.Number(key), (row, i) => row.Number(i));
}
