using Waybill.Engine.Duties;
using Waybill.Engine.Relays;
using Waybill.Screens.Framing;
using Waybill.Screens.Texts;
using Waybill.Server.Admin.Health;

namespace Waybill.Server.Specs.Cabinet;

public sealed class The_health_of_an_instance
{
    const long Megabyte = 1L << 20;

    static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<HealthFinding, Tone, string> Table => new()
    {
        { HealthJudgement.Database("sqlite", null, TimeSpan.FromMilliseconds(3)), Tone.Good, "sqlite takes writes; one took 3 ms." },
        { HealthJudgement.Database("sqlite", null, TimeSpan.FromSeconds(2)), Tone.Held, "sqlite takes writes, but one took 2000 ms." },
        { HealthJudgement.Database("postgres", "connection refused", TimeSpan.Zero), Tone.Bad,
            "postgres takes no writes; no mail can be accepted." },
        { HealthJudgement.Disk(100 * Megabyte, 40_960 * Megabyte, 10 * Megabyte), Tone.Bad,
            "100 MB are free of 40.0 GB; at nothing, no mail can be accepted. Waybill's own data is 10 MB." },
        { HealthJudgement.Disk(1_536 * Megabyte, 40_960 * Megabyte, 10 * Megabyte), Tone.Held,
            "1.5 GB are free of 40.0 GB; Waybill's own data is 10 MB." },
        { HealthJudgement.Disk(1_536 * Megabyte, 4_096 * Megabyte, 10 * Megabyte), Tone.Good,
            "1.5 GB are free of 4.0 GB; Waybill's own data is 10 MB." },
        { HealthJudgement.Clock(TimeSpan.FromSeconds(-6)), Tone.Held, "This machine and the database are 6.0 s apart." },
        { HealthJudgement.Clock(TimeSpan.FromMilliseconds(-4)), Tone.Good, "This machine and the database agree to 4 ms." },
        { HealthJudgement.Relay("captured", isConfigured: false, null), Tone.Held,
            "No relay is configured: mail is kept here and sent nowhere." },
        { HealthJudgement.Relay("SMTP", isConfigured: true, null), Tone.Good, "The default relay is ready." },
        { HealthJudgement.Relay("SMTP", isConfigured: true, Pulse("accepted")), Tone.Good, "The default relay is ready." },
        { HealthJudgement.Relay("SMTP", isConfigured: true, Pulse("deferred")), Tone.Held,
            "The default relay put the newest message off, at 2026-01-01 12:00 UTC." },
        { HealthJudgement.Relay("SMTP", isConfigured: true, Pulse("refused")), Tone.Held,
            "The default relay refused the newest message, at 2026-01-01 12:00 UTC." },
        { HealthJudgement.Outbox(0, TimeSpan.Zero), Tone.Good, "Nothing waits." },
        { HealthJudgement.Outbox(3, TimeSpan.FromSeconds(5)), Tone.Good, "On their way: 3." },
        { HealthJudgement.Outbox(3, TimeSpan.FromMinutes(5)), Tone.Held, "Due: 3; the oldest for 5 min." },
        { HealthJudgement.Outbox(3, TimeSpan.FromHours(1)), Tone.Bad, "Due: 3, and the oldest has been for 60 min." },
        { HealthJudgement.Held(0), Tone.Good, "None waits for a person." },
        { HealthJudgement.Held(2), Tone.Held, "Waiting for a person: 2. Nobody knows whether the relay has them." },
        { HealthJudgement.Parked(0), Tone.Good, "No handler gave anything up." },
        { HealthJudgement.Parked(7), Tone.Held, "Deliveries of events that their handlers gave up: 7." },
        { HealthJudgement.Caps([("main", new() { Daily = 100 }, new(79, 79))]), Tone.Good, "No relay is near its cap." },
        { HealthJudgement.Caps([("main", new() { Daily = 100 }, new(80, 80)), ("free", new(), new(0, 0))]), Tone.Held,
            "Near the cap: main 80 %." },
        { HealthJudgement.Caps([("main", new() { Daily = 100 }, new(80, 80)), ("other", new() { Monthly = 3000 }, new(1, 3000))]), Tone.Bad,
            "At the cap: other 100 %, main 80 %. Mail waits." },
        { HealthJudgement.MasterKey(null, isOpen: false), Tone.Good, "It comes from the environment (WAYBILL_MASTER_KEY)." },
        { HealthJudgement.MasterKey("/data/keys/master.key", isOpen: true), Tone.Bad,
            "Others than its owner can read /data/keys/master.key." },
        { HealthJudgement.MasterKey("/data/keys/master.key", isOpen: false), Tone.Good,
            "It lies in /data/keys/master.key, which its owner alone can read. It is in no backup of the database: keep a copy "
                + "elsewhere." },
        { HealthJudgement.Cleaning(null, Noon.AddMinutes(-1), Noon), Tone.Good, "It runs within minutes of the start, then every hour." },
        { HealthJudgement.Cleaning(Noon.AddHours(-1), Noon.AddDays(-1), Noon), Tone.Good,
            "What is kept no longer was last removed at 2026-01-01 11:00 UTC." },
        { HealthJudgement.Cleaning(Noon.AddHours(-4), Noon.AddDays(-1), Noon), Tone.Held,
            "Cleaning should run every hour, and last did at 2026-01-01 08:00 UTC." },
        { HealthJudgement.Cleaning(Noon.AddDays(-2), Noon.AddMinutes(-5), Noon), Tone.Good,
            "What is kept no longer was last removed at 2025-12-30 12:00 UTC." },
        { HealthJudgement.Cleaning(null, Noon.AddHours(-5), Noon), Tone.Held, "Cleaning should run every hour, and last did at –." },
        { HealthJudgement.Duties([Duty("cleaning"), Duty("retention")]), Tone.Good, "2 run on their timers; none fails." },
        { HealthJudgement.Duties([Duty("cleaning"), Duty("retention", isFailing: true)]), Tone.Held, "The last run failed: retention." },
        { HealthJudgement.Duties([Duty("cleaning", isFailing: true), Duty("retention", isOverdue: true)]), Tone.Held,
            "Cancelled at the time limit and still running: retention." },
        { HealthJudgement.Backups(), Tone.Held, "Waybill keeps none yet." },
        { HealthJudgement.Start(Noon, "0.3.0"), Tone.Good, "Waybill 0.3.0 runs since 2026-01-01 12:00 UTC." },
    };

    static DutyStanding Duty(string name, bool isFailing = false, bool isOverdue = false) =>
        new(
            name, IsUnderTerm: true, Node: null, Noon, Noon.AddHours(1), isFailing ? "broken" : null, isFailing ? Noon : null, isFailing,
            isOverdue);

    [Theory]
    [MemberData(nameof(Table))]
    public void Is_judged_and_told_in_a_sentence(HealthFinding finding, Tone tone, string sentence) =>
        Assert.Equal(
            (tone, sentence), (finding.Tone, Wording.Of("en").Say($"health.{finding.Check}.{finding.Case}", [.. finding.Arguments])));

    [Theory]
    [MemberData(nameof(Table))]
    public void Says_what_to_do_where_something_is_amiss(HealthFinding finding, Tone tone, string sentence)
    {
        Assert.NotEmpty(sentence);
        Assert.Equal(tone != Tone.Good, Wording.Of("de").Has($"health.{finding.Check}.{finding.Case}.advice"));
    }

    static RelayPulse Pulse(string outcome) => new("main", Noon, outcome, "451 later");
}
