namespace Waybill.RacketBook.Faults;

/// <summary>What saving something came to.</summary>
public abstract record Saving<T>
{
    private Saving() { }

    /// <summary>It is as asked.</summary>
    public sealed record Done(T Value) : Saving<T>;

    /// <summary>The stringer has no such thing.</summary>
    public sealed record Missing : Saving<T>;

    /// <summary>Somebody else changed it since it was read; nothing was overwritten.</summary>
    public sealed record Stale : Saving<T>;

    /// <summary>It may not be; nothing was changed.</summary>
    /// <param name="Faults">What is wrong, by field.</param>
    /// <param name="IsConflict">Whether it is how things stand that is in the way, not what was asked for.</param>
    public sealed record Refused(IReadOnlyList<BookFault> Faults, bool IsConflict = false) : Saving<T>
    {
        /// <summary>For one thing that is wrong.</summary>
        public Refused(BookFault fault, bool isConflict = false) : this([fault], isConflict) { }
    }
}
