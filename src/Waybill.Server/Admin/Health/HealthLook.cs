using Waybill.Engine.Audit;
using Waybill.Engine.Blobs;
using Waybill.Engine.Counting;
using Waybill.Engine.Duties;
using Waybill.Engine.Relays;
using Waybill.Engine.Storage;
using Waybill.Server.Configuration;
using Waybill.Server.Health;

namespace Waybill.Server.Admin.Health;

/// <summary>Measures what the health page judges.</summary>
internal sealed class HealthLook(
    IDatabase database, DatabaseCheck writing, RelayDirectory directory, RelayTable relays, AuditCheck audit, IBlobStore blobs,
    Settings settings, Beginning beginning, TimeProvider clock)
{
    /// <summary>Of the audit; all of it is the verb's to go through.</summary>
    const int AuditRows = 200;

    /// <summary>Every check, the gravest matters first.</summary>
    public async Task<IReadOnlyList<HealthFinding>> LookAsync(IReadOnlyList<DutyStanding> duties, CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        var write = await writing.LookAsync(cancellationToken);
        var took = clock.GetElapsedTime(asked);
        var load = await Workload.ReadAsync(database, clock.GetUtcNow(), cancellationToken);
        var pulses = await RelayPulse.ReadAsync(database, tenant: null, cancellationToken);
        return
        [
            HealthJudgement.Database(database.Provider, write.IsGood ? null : write.Sentence, took),
            Disk(),
            HealthJudgement.Blobs(settings.BlobsPath, await blobs.ProbeAsync(cancellationToken)),
            HealthJudgement.Relay(
            directory.Default.Transport.Sentence, directory.Default.IsConfigured, pulses.GetValueOrDefault(directory.Default.Name)),
            HealthJudgement.Outbox(
            load.Due, load.OldestDue is { } oldest && oldest < clock.GetUtcNow() ? clock.GetUtcNow() - oldest : TimeSpan.Zero),
            HealthJudgement.Held(load.Held),
            HealthJudgement.Parked(load.Parked),
            HealthJudgement.Caps(await CapsAsync(cancellationToken)),
            HealthJudgement.Clock(await database.GetTimeAsync(cancellationToken) - TimeProvider.System.GetUtcNow()),
            MasterKey(),
            HealthJudgement.Audit(await audit.VerifyNewestAsync(AuditRows, cancellationToken)),
            HealthJudgement.Cleaning(load.SweptAt, beginning.At, clock.GetUtcNow()),
            HealthJudgement.Duties(duties),
            HealthJudgement.Backups(),
            HealthJudgement.Start(beginning.At, typeof(HealthLook).Assembly.GetName().Version?.ToString(3) ?? ""),
        ];
    }

    // The root of a volume has a folder that only root may read.
    static readonly EnumerationOptions Everything =
        new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    HealthFinding Disk()
    {
        var drive = new DriveInfo(settings.DataPath);
        var used = new DirectoryInfo(settings.DataPath).EnumerateFiles("*", Everything).Sum(file => file.Exists ? file.Length : 0);
        return HealthJudgement.Disk(drive.AvailableFreeSpace, drive.TotalSize, used);
    }

    HealthFinding MasterKey()
    {
        if (settings.MasterKey is not null) return HealthJudgement.MasterKey(path: null, isOpen: false);
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        var path = Path.Combine(settings.KeyPath, "master.key");
        return HealthJudgement.MasterKey(path, !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != UnixFileMode.None);
    }

    async Task<IEnumerable<(string, RelayLimits, RelayUsage)>> CapsAsync(CancellationToken cancellationToken)
    {
        var usage = await RelayUsage.ReadAsync(database, clock.GetUtcNow(), cancellationToken);
        var kept = await relays.ListAsync(tenant: null, cancellationToken);
        return directory.FromSettings.Values.Select(relay => (relay.Name, relay.Limits, relay.Key))
            .Concat(kept.Select(relay => (relay.Name, relay.Settings.Limits, relay.Id.ToString("D"))))
            .Select(one => (one.Name, one.Limits, usage.GetValueOrDefault(one.Item3) ?? new RelayUsage(0, 0)));
    }
}
