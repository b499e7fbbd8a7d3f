using System.CommandLine;
using Waybill.Books.Verbs;
using Waybill.Engine.Audit;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Sqlite;
using Waybill.Server.Configuration;
using Waybill.Server.Hosting;

namespace Waybill.Server.Commands;

/// <summary>
/// <c>waybill verify</c>: exit code 0 when the database is what was written and the audit what was appended, else 1 and what is wrong.
/// </summary>
internal static class VerifyVerb
{
    public const string Name = "verify";

    public static Verb Verb { get; } = new(
        Name, "Reads the whole database and says whether it is what was written, and the audit what was appended.", RunAsync);

    /// <summary><c>--file</c>: a copy that no server uses. It needs no database, so that it is no parameter of the verb.</summary>
    public static Option<string> CopyOption() =>
        new("--file") { Description = "A copy of SQLite's file that no server uses, e.g. a backup, instead of the database." };

    static async Task<VerbAnswer> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var settings = call.Services.GetRequiredService<Settings>();
        var report = settings.PostgresConnection is null
            ? await Task.Run(
                () => VerifyReport.Of(Instance.FileOf(settings), SqliteIntegrity.LookThrough(Instance.FileOf(settings))), cancellationToken)
            : await VerifyPostgresAsync(call.Services.GetRequiredService<IDatabase>(), cancellationToken);
        report = report.With(AuditReport.Of(await call.Services.GetRequiredService<AuditCheck>().VerifyAsync(cancellationToken)));
        return VerbAnswer.Say(report.Sentences, report.Holds ? 0 : 1);
    }

    static Task<VerifyReport> VerifyPostgresAsync(IDatabase database, CancellationToken cancellationToken) => database.ReadAsync(
        async session => VerifyReport.Of(
            await session.QueryAsync(
                "SELECT conname FROM pg_constraint WHERE NOT convalidated ORDER BY conname", _ => { }, row => row.Text(0),
                cancellationToken),
            await session.FirstAsync(
                "SELECT CASE WHEN current_setting('data_checksums') = 'on' THEN checksum_failures ELSE -1 END FROM pg_stat_database WHERE "
                    + "datname = current_database()",
                _ => { }, row => row.Number(0), cancellationToken) is var failures and >= 0 ? failures : null),
        cancellationToken);

    /// <summary>Of a copy.</summary>
    public static VerbAnswer RunOn(string file)
    {
        if (!File.Exists(file)) return VerbAnswer.Refuse($"There is no file '{file}'.");
        try
        {
            var report = VerifyReport.Of(Path.GetFullPath(file), SqliteIntegrity.LookThroughCopy(Path.GetFullPath(file)));
            return VerbAnswer.Say(report.Sentences, report.Holds ? 0 : 1);
        }
        catch (StorageException away)
        {
            return VerbAnswer.Refuse($"'{file}' cannot be opened: {(away.InnerException ?? away).Message}");
        }
    }
}

/// <summary>What the verb says.</summary>
internal sealed record VerifyReport(bool Holds, IReadOnlyList<string> Sentences)
{
    /// <summary>Of a file of SQLite.</summary>
    public static VerifyReport Of(string file, IntegrityLook look) => look.IsSound
        ? new(true, [$"The database file '{file}' is sound: every page, row and index was read, and no row names one that is not there."])
        : new(false, [$"The database file '{file}' is DAMAGED. Keep a copy of it and restore a backup.", .. look.Findings]);

    /// <summary>Of PostgreSQL, which can say of itself less than SQLite.</summary>
    /// <param name="constraints">Its constraints that were never checked.</param>
    /// <param name="pages">Pages whose checksums did not fit; null: it keeps no checksums.</param>
    public static VerifyReport Of(IReadOnlyList<string> constraints, long? pages) => new(constraints.Count == 0 && pages is null or 0,
    [
        constraints.Count == 0
            ? "Every constraint of the database holds."
            : $"These constraints were never checked: {string.Join(", ", constraints)}.",
        pages switch
        {
            null => "PostgreSQL keeps no checksums of its pages here, so that nothing can be said of them.",
            0 => "PostgreSQL met no page whose checksum does not fit.",
            _ => $"PostgreSQL met {pages} pages whose checksums do not fit. Look at its log, and restore a backup.",
        },
        "Not checked: every page, and the indexes against their tables. `pg_amcheck` does that.",
    ]);

    /// <summary>With what was found of the audit.</summary>
    public VerifyReport With(AuditReport audit) => new(Holds && audit.Holds, [.. Sentences, .. audit.Sentences]);
}
