using Waybill.Testing.Smtp;

namespace Waybill.Server.Specs.Kills;

/// <summary>The four books of a run: what the client was told, what the relay took, what the database keeps, who lived.</summary>
/// <param name="Acknowledged">Id by number.</param>
/// <param name="Booked">Everything that the relay accepted.</param>
/// <param name="Kept">What the database has.</param>
/// <param name="Lives">All processes of the server.</param>
public sealed record KillReport(
    IReadOnlyDictionary<int, string> Acknowledged, IReadOnlyList<BookedMessage> Booked, Kept Kept, IReadOnlyList<Life> Lives)
{
    /// <summary>What is wrong with the database itself; empty when nothing is.</summary>
    public string Complaints { get; init; } = "";

    public int Kills => Lives.Count(life => life.WasKilled);

    /// <summary>Acceptances beyond the first.</summary>
    public int Duplicates => Booked.Count - Booked.Select(message => message.MessageId).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Attempts that a kill left open and a later life found.</summary>
    public int Recoveries => Kept.Attempts.Count(attempt => attempt.Outcome == "unknown");
}
