using System.Globalization;
using Waybill.Engine.Audit;
using Waybill.Engine.Duties;
using Waybill.Engine.Relays;
using Waybill.Screens.Framing;

namespace Waybill.Server.Admin.Health;

/// <summary>Judges what was measured, check by check. Nothing here looks at anything by itself.</summary>
internal static class HealthJudgement
{
    const long Gigabyte = 1L << 30;
    const double NearCap = 0.8;

    static readonly TimeSpan SlowWrite = TimeSpan.FromSeconds(1);
    static readonly TimeSpan ClockGap = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LateMail = TimeSpan.FromMinutes(2);
    static readonly TimeSpan StuckMail = TimeSpan.FromMinutes(15);
    static readonly TimeSpan CleaningDue = TimeSpan.FromHours(3);

    /// <summary>A write was tried.</summary>
    /// <param name="provider">The database's word.</param>
    /// <param name="trouble">Why it was not taken; null: it was.</param>
    /// <param name="took">How long that took.</param>
    public static HealthFinding Database(string provider, string? trouble, TimeSpan took) => trouble switch
    {
        not null => new("database", Tone.Bad, "away", provider) { Quoted = trouble },
        null when took > SlowWrite => new("database", Tone.Held, "slow", provider, Milliseconds(took)),
        null => new("database", Tone.Good, "good", provider, Milliseconds(took)),
    };

    /// <summary>Room in the data folder: a mail needs little, but a full disk takes none.</summary>
    public static HealthFinding Disk(long free, long whole, long used)
    {
        var (tone, word) = free switch
        {
            < Gigabyte / 4 => (Tone.Bad, "full"),
            < 2 * Gigabyte when free < whole / 10 => (Tone.Held, "low"),
            _ => (Tone.Good, "good"),
        };
        return new("disk", tone, word, Size(free), Size(whole), Size(used));
    }

    /// <summary>The store of files was tried; mail goes without it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="trouble">Why it cannot be written to; null: it can.</param>
    public static HealthFinding Blobs(string path, string? trouble) =>
        trouble is null ? new("blobs", Tone.Good, "good", path) : new("blobs", Tone.Bad, "away", path) { Quoted = trouble };

    /// <summary>This machine's clock beside the database's.</summary>
    public static HealthFinding Clock(TimeSpan gap) => gap.Duration() > ClockGap
        ? new("clock", Tone.Held, "apart", gap.Duration().TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture))
        : new("clock", Tone.Good, "good", Milliseconds(gap.Duration()));

    /// <summary>The way out for mail, by how its newest attempt ended.</summary>
    /// <param name="sentence">Where mail goes.</param>
    /// <param name="isConfigured">Whether somebody chose so.</param>
    /// <param name="pulse">The newest attempt; null: none lately.</param>
    public static HealthFinding Relay(string sentence, bool isConfigured, RelayPulse? pulse) => pulse?.Outcome switch
    {
        _ when !isConfigured => new("relay", Tone.Held, "none") { Quoted = sentence },
        "deferred" or "unknown" => new("relay", Tone.Held, "deferring", At(pulse.At)) { Quoted = pulse.Reply },
        "refused" => new("relay", Tone.Held, "refusing", At(pulse.At)) { Quoted = pulse.Reply },
        _ => new("relay", Tone.Good, "good") { Quoted = sentence },
    };

    /// <summary>What waits to be handed over.</summary>
    /// <param name="waiting">All that waits.</param>
    /// <param name="overdue">How long the oldest of those whose time has come has waited since.</param>
    public static HealthFinding Outbox(long waiting, TimeSpan overdue) => overdue switch
    {
        _ when waiting == 0 => new("outbox", Tone.Good, "empty"),
        _ when overdue > StuckMail => new("outbox", Tone.Bad, "stuck", waiting, Minutes(overdue)),
        _ when overdue > LateMail => new("outbox", Tone.Held, "late", waiting, Minutes(overdue)),
        _ => new("outbox", Tone.Good, "good", waiting),
    };

    /// <summary>Messages that wait for a person.</summary>
    public static HealthFinding Held(long held) => held == 0 ? new("held", Tone.Good, "good") : new("held", Tone.Held, "some", held);

    /// <summary>Deliveries of events that handlers gave up.</summary>
    public static HealthFinding Parked(long parked) =>
        parked == 0 ? new("parked", Tone.Good, "good") : new("parked", Tone.Held, "some", parked);

    /// <summary>The relays that are near a cap, or at one.</summary>
    public static HealthFinding Caps(IEnumerable<(string Name, RelayLimits Limits, RelayUsage Usage)> relays)
    {
        var shares = relays.Select(
            one => (one.Name, Share: Math.Max(Share(one.Usage.Today, one.Limits.Daily), Share(one.Usage.ThisMonth, one.Limits.Monthly))))
            .Where(one => one.Share >= NearCap).OrderByDescending(one => one.Share).ToList();
        var said = string.Join(
            ", ", shares.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} {Math.Floor(one.Share * 100):0} %")));
        return shares is [] ? new("caps", Tone.Good, "good") : shares[0].Share >= 1 ? new("caps", Tone.Bad, "reached", said)
            : new("caps", Tone.Held, "near", said);
    }

    /// <summary>Where the master key lies, and who else may read it.</summary>
    /// <param name="path">Its file; null: the environment has it.</param>
    /// <param name="isOpen">Whether others than its owner may read the file.</param>
    public static HealthFinding MasterKey(string? path, bool isOpen) => path switch
    {
        null => new("key", Tone.Good, "environment"),
        _ when isOpen => new("key", Tone.Bad, "open", path),
        _ => new("key", Tone.Good, "file", path),
    };

    /// <summary>The newest rows of the audit.</summary>
    public static HealthFinding Audit(AuditProof proof) =>
        proof.Holds ? new("audit", Tone.Good, "good", proof.Chained) : new("audit", Tone.Bad, "changed");

    /// <summary>When retention last ran; null: never yet.</summary>
    public static HealthFinding Cleaning(DateTimeOffset? ran, DateTimeOffset started, DateTimeOffset now)
    {
        if (now - (ran > started ? ran.Value : started) > CleaningDue)
            return new("cleaning", Tone.Held, "late", ran is { } last ? At(last) : "–");
        return ran is { } well ? new("cleaning", Tone.Good, "good", At(well)) : new("cleaning", Tone.Good, "soon");
    }

    /// <summary>The duties, which the page lists one by one.</summary>
    public static HealthFinding Duties(IReadOnlyList<DutyStanding> duties) =>
        duties.Any(duty => duty.IsOverdue) ? new("duties", Tone.Held, "overdue", Names(duties.Where(duty => duty.IsOverdue)))
        : duties.Any(duty => duty.IsFailing) ? new("duties", Tone.Held, "failing", Names(duties.Where(duty => duty.IsFailing)))
        : new("duties", Tone.Good, "good", duties.Count);

    /// <summary>Since when the process runs. A start is no fault; many are.</summary>
    public static HealthFinding Start(DateTimeOffset started, string version) => new("start", Tone.Good, "good", At(started), version);

    /// <summary>Nothing keeps backups yet.</summary>
    public static HealthFinding Backups() => new("backups", Tone.Held, "none");

    static string Names(IEnumerable<DutyStanding> duties) => string.Join(", ", duties.Select(duty => duty.Name));

    static double Share(long used, int? cap) => cap is { } whole ? (double)used / whole : 0;

    static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    static string Milliseconds(TimeSpan took) => took.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);

    static string Minutes(TimeSpan wait) => wait.TotalMinutes.ToString("0", CultureInfo.InvariantCulture);

    static string Size(long octets) => octets >= Gigabyte
        ? ((double)octets / Gigabyte).ToString("0.0", CultureInfo.InvariantCulture) + " GB"
        : ((double)octets / (1L << 20)).ToString("0", CultureInfo.InvariantCulture) + " MB";
}
