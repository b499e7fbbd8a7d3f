namespace Waybill.Engine.Transports;

/// <summary>Whether a relay takes one message more.</summary>
internal abstract record Admission
{
    private Admission() { }

    /// <summary>It may go now; its place in the budget was taken at <paramref name="At"/>.</summary>
    public sealed record Granted(DateTimeOffset At) : Admission;

    /// <summary>A cap is reached; it may be asked again when <paramref name="Wait"/> is over.</summary>
    public sealed record Later(TimeSpan Wait) : Admission;
}
