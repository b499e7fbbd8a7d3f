using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Sqlite;

namespace Waybill.Server.Commands;

/// <summary><c>waybill verify</c>: exit code 0 when the database is what was written and the audit what was appended, else 1 and what is wrong.</summary>
internal static class VerifyCommand
{
    public static Task<int> RunAsync(CancellationToken cancellationToken) => Terminal.RunAsync(
        verbs => verbs.VerifyAsync(cancellationToken),
        report =>
        {
            foreach (var sentence in report.Sentences) Console.Out.WriteLine(sentence);
        },
        cancellationToken,
        report => report.Holds ? 0 : 1);

    /// <summary><c>--file</c>: a copy that no server uses.</summary>
    public static async Task<int> RunOnAsync(string file)
    {
        if (!File.Exists(file)) return await Terminal.RefuseAsync($"There is no file '{file}'.");
        try
        {
            var report = VerifyReport.Of(Path.GetFullPath(file), SqliteIntegrity.LookThroughCopy(Path.GetFullPath(file)));
            foreach (var sentence in report.Sentences) await Console.Out.WriteLineAsync(sentence);
            return report.Holds ? 0 : 1;
        }
        catch (StorageException away)
        {
            return await Terminal.RefuseAsync($"'{file}' cannot be opened: {(away.InnerException ?? away).Message}");
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
        constraints.Count == 0 ? "Every constraint of the database holds." : $"These constraints were never checked: {string.Join(", ", constraints)}.",
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
