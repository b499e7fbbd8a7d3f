namespace Waybill.Engine.Storage;

/// <summary>
/// Knows the unit of work that the running code is part of. Such code asks the database by its session only: for a read or another unit
/// of its own it would wait, on PostgreSQL for a second connection while it holds the first, on SQLite for the turn that it has itself.
/// </summary>
internal static class UnderWay
{
    static readonly AsyncLocal<Mark?> Current = new();

    /// <summary>Runs a unit, and remembers that it does until it ends.</summary>
    public static async ValueTask<T> RunAsync<T>(string name, Func<Session, ValueTask<T>> unit, Session session)
    {
        var mark = new Mark(name);
        Current.Value = mark; // for what this method calls; its caller has its own value back when it returns
        try
        {
            return await unit(session);
        }
        finally
        {
            mark.IsOver = true; // what it started and did not wait for is free to ask
        }
    }

    /// <summary>To be called before a connection, or a turn, is waited for.</summary>
    /// <exception cref="InvalidOperationException">A unit of work is under way here.</exception>
    public static void Forbid()
    {
        if (Current.Value is { IsOver: false, Unit: var unit })
            throw new InvalidOperationException(
                $"The unit of work '{unit}' may ask the database by its own session only: fetch what it needs before it begins.");
    }

    sealed class Mark(string unit)
    {
        volatile bool isOver;

        public string Unit => unit;

        public bool IsOver
        {
            get => isOver;
            set => isOver = value;
        }
    }
}
