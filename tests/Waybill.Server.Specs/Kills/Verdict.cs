using System.Globalization;
using Waybill.Testing.Smtp;

namespace Waybill.Server.Specs.Kills;

/// <summary>Holds the four books of a run against each other. Every sentence is a broken promise; an honest run has none.</summary>
internal sealed class Verdict(KillReport report)
{
    /// <summary>As many deliveries may be under way at a moment as the server has deliverers.</summary>
    const int MostUnderWay = 32;

    readonly ILookup<string, KeptMessage> bySubject = report.Kept.Messages.ToLookup(message => message.Subject, StringComparer.Ordinal);
    readonly ILookup<string, BookedMessage> booked = report.Booked.ToLookup(message => message.MessageId, StringComparer.Ordinal);
    readonly ILookup<string, KeptAttempt> attempts = report.Kept.Attempts.ToLookup(attempt => attempt.Message, StringComparer.Ordinal);
    readonly Dictionary<int, Life> byPid = report.Lives.ToDictionary(life => life.Pid);

    public static IReadOnlyList<string> On(KillReport report) => [.. new Verdict(report).Sentences()];

    IEnumerable<string> Sentences() =>
    [
        .. Whole(),
        .. report.Acknowledged.SelectMany(posted => Acknowledged(posted.Key, posted.Value)),
        .. Phantoms(),
        .. report.Kept.Messages.SelectMany(Handed),
        .. report.Kept.Messages.SelectMany(Repeated),
        .. report.Lives.SelectMany(UnderWay),
    ];

    IEnumerable<string> Whole()
    {
        if (report.Complaints.Length > 0) yield return report.Complaints;
        if (report.Kept.Waiting > 0) yield return $"{report.Kept.Waiting} messages still wait in the outbox.";
        var open = report.Kept.Attempts.Count(attempt => attempt.Outcome == "open");
        if (open > 0) yield return $"{open} attempts are still open.";
    }

    /// <summary>Nothing acknowledged is lost, and one posting is one message however often it was asked for.</summary>
    IEnumerable<string> Acknowledged(int number, string id)
    {
        var kept = bySubject[Subject(number)].ToList();
        if (kept.All(message => message.Id != id)) yield return $"Lost: {number} was acknowledged as {id}, which is not there.";
        if (kept.Count > 1) yield return $"Twice: {number} became {kept.Count} messages.";
        foreach (var message in kept.Where(message => message.Status is not ("sent" or "failed" or "held")))
            yield return $"Unfinished: {message.Id} is {message.Status}.";
    }

    /// <summary>Nothing is there that nobody posted.</summary>
    IEnumerable<string> Phantoms()
    {
        var numbers = report.Acknowledged.Keys.Select(Subject).ToHashSet(StringComparer.Ordinal);
        var identifiers = report.Kept.Messages.Select(message => message.HeaderId).ToHashSet(StringComparer.Ordinal);
        foreach (var message in report.Kept.Messages.Where(message => !numbers.Contains(message.Subject)))
            yield return $"Phantom: nobody posted {message.Subject}, which is {message.Id}.";
        foreach (var message in report.Booked.Where(message => !identifiers.Contains(message.MessageId)))
            yield return $"Phantom: the relay has {message.MessageId}, which the journal does not know.";
    }

    /// <summary>Sent means that the relay took it, in the life whose attempt says so, with the bytes that the journal has.</summary>
    IEnumerable<string> Handed(KeptMessage message)
    {
        var taken = booked[message.HeaderId].ToList();
        if (message.Status == "sent" && taken.Count == 0) yield return $"Lost: {message.Id} is sent, and the relay never had it.";
        if (taken.Any(copy => copy.Hash != message.Hash))
            yield return $"Changed: {message.Id} reached the relay with other bytes than recorded.";
        foreach (var life in LivesOf(message, "accepted").Where(life => taken.All(copy => copy.Client != life)))
            yield return $"Invented: {message.Id} was not accepted in {life}, where its attempt says so.";
    }

    /// <summary>Each acceptance is an attempt's, and all but one were in flight when their life was killed.</summary>
    IEnumerable<string> Repeated(KeptMessage message)
    {
        var copies = booked[message.HeaderId].GroupBy(copy => copy.Client, StringComparer.Ordinal).ToList();
        foreach (var twice in copies.Where(copy => copy.Count() > 1))
            yield return $"Repeated: {message.Id} went out {twice.Count()} times in {twice.Key}.";
        var (inDoubt, certain) = (LivesOf(message, "unknown"), LivesOf(message, "accepted"));
        if (certain.Count > 1) yield return $"Repeated: {message.Id} was sent again after the relay's answer was on record.";
        foreach (var stray in copies.Where(copy => !inDoubt.Contains(copy.Key) && !certain.Contains(copy.Key)))
            yield return $"Unaccounted: {message.Id} went out in {stray.Key}, where no attempt was in flight.";
    }

    /// <summary>Doubt comes from kills alone, and each leaves no more of it than was under way.</summary>
    IEnumerable<string> UnderWay(Life life)
    {
        var doubts = report.Kept.Attempts.Count(attempt => attempt.Pid == life.Pid && attempt.Outcome == "unknown");
        if (!life.WasKilled && doubts > 0) yield return $"Doubt: {doubts} outcomes of {life.Name} are unknown, and nobody killed it.";
        if (doubts > MostUnderWay)
            yield return $"Doubt: {doubts} outcomes of {life.Name} are unknown; no more than {MostUnderWay} were under way.";
    }

    /// <summary>The lives in which an attempt at the message ended so.</summary>
    HashSet<string> LivesOf(KeptMessage message, string outcome) =>
        [.. attempts[message.Id].Where(attempt => attempt.Outcome == outcome).Select(attempt => NameOf(attempt.Pid))];

    string NameOf(int pid) => byPid.TryGetValue(pid, out var life) ? life.Name : $"process {pid}";

    static string Subject(int number) => number.ToString(CultureInfo.InvariantCulture);
}
