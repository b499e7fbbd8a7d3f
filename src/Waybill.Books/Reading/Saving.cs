namespace Waybill.Books.Reading;

/// <summary>The outcome of saving something.</summary>
public abstract record Saving<T>
{
    private Saving() { }

    /// <summary>It is as asked.</summary>
    public sealed record Done(T Value) : Saving<T>;

    /// <summary>There is no such thing for the caller.</summary>
    public sealed record Missing : Saving<T>;

    /// <summary>Somebody else changed it since it was read; nothing was overwritten.</summary>
    public sealed record Stale : Saving<T>;

    /// <summary>It may not be; nothing was changed.</summary>
    /// <param name="Faults">What is wrong, by field.</param>
    /// <param name="IsConflict">Whether the present state is in the way, not what was asked for.</param>
    public sealed record Refused(IReadOnlyList<FieldFault> Faults, bool IsConflict = false) : Saving<T>
    {
        /// <summary>For one thing that is wrong.</summary>
        public Refused(FieldFault fault, bool isConflict = false) : this([fault], isConflict) { }
    }
}
