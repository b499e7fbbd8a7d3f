namespace Waybill.Engine.Audit;

/// <summary>What came of going through the audit.</summary>
/// <param name="Chained">Rows of the chain that were looked at.</param>
/// <param name="Before">Rows from before there was a chain.</param>
/// <param name="End">Where the chain ends now; null: nothing was appended to it yet.</param>
/// <param name="Breaks">What is wrong, in the order of the rows; at most <see cref="MostBreaks"/>.</param>
public sealed record AuditProof(long Chained, long Before, AuditEnd? End, IReadOnlyList<AuditBreak> Breaks)
{
    /// <summary>Further ones are not named.</summary>
    public const int MostBreaks = 100;

    /// <summary>Whether every row is as it was appended, and where.</summary>
    public bool Holds => Breaks.Count == 0;
}

/// <summary>The end of the chain. Kept elsewhere, it shows later that nobody put an older copy of the audit in its place.</summary>
/// <param name="Number">The newest row's.</param>
/// <param name="Fingerprint">Of its hash, in hexadecimal.</param>
public sealed record AuditEnd(long Number, string Fingerprint);

/// <summary>Something about the audit that nobody could do by Waybill.</summary>
public abstract record AuditBreak
{
    private AuditBreak() { }

    /// <summary>A row is not the one that was appended there: edited, or moved from elsewhere.</summary>
    /// <param name="Number">Its number; null: it is from before the chain.</param>
    /// <param name="Id">Its id.</param>
    public sealed record Altered(long? Number, Guid Id) : AuditBreak;

    /// <summary>Rows are gone. The row behind the gap cannot be judged.</summary>
    public sealed record Missing(long From, long To) : AuditBreak;

    /// <summary>A row was put in: its number was given to another, or to none yet.</summary>
    public sealed record Added(long Number, Guid Id) : AuditBreak;

    /// <summary>The end of the chain does not belong to its newest row.</summary>
    public sealed record WrongEnd(long Number) : AuditBreak;
}
