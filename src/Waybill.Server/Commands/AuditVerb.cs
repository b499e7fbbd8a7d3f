using System.Diagnostics;
using Waybill.Books.Verbs;
using Waybill.Engine.Audit;

namespace Waybill.Server.Commands;

/// <summary><c>waybill audit verify</c>: exit code 0 when the audit is what was appended, else 1 and what is wrong.</summary>
internal static class AuditVerb
{
    public static Verb Verb { get; } = new(
        "audit verify", "Proves that no row of the audit was edited, removed, added or moved in the database.", RunAsync);

    static async Task<VerbAnswer> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var report = AuditReport.Of(await call.Services.GetRequiredService<AuditCheck>().VerifyAsync(cancellationToken));
        return VerbAnswer.Say(report.Sentences, report.Holds ? 0 : 1);
    }
}

/// <summary>What the verb says.</summary>
internal sealed record AuditReport(bool Holds, IReadOnlyList<string> Sentences)
{
    public static AuditReport Of(AuditProof proof) => new(proof.Holds, [Verdict(proof), .. proof.Breaks.Select(Sentence), .. End(proof)]);

    static string Verdict(AuditProof proof)
    {
        var rows = proof.Before == 0 ? $"{proof.Chained} rows" : $"{proof.Chained} rows, and {proof.Before} from before the chain";
        if (proof.Holds) return $"The audit is what was appended: {rows}.";
        var breaks = proof.Breaks.Count < AuditProof.MostBreaks ? $"{proof.Breaks.Count}" : $"{AuditProof.MostBreaks} or more";
        return $"The audit is NOT what was appended: {breaks} {(proof.Breaks.Count == 1 ? "thing does" : "things do")} not fit ({rows}). "
            + $"Either it was changed in the database, or the master key is another.";
    }

    static string Sentence(AuditBreak found) => found switch
    {
        AuditBreak.Altered(null, var id) => $"Row {id}, from before the chain, was changed.",
        AuditBreak.Altered(1, var id) => $"Row 1 ({id}) was changed, or rows from before it were removed or added.",
        AuditBreak.Altered(var number, var id) => $"Row {number} ({id}) is not the one that was appended there.",
        AuditBreak.Missing(var from, var to) => from == to ? $"Row {from} was removed." : $"Rows {from} to {to} were removed.",
        AuditBreak.Added(var number, var id) => $"Row {number} ({id}) was never appended.",
        AuditBreak.WrongEnd(var number) =>
            $"The end of the chain does not fit row {number}, the newest: rows after it were removed, or the end was changed.",
        _ => throw new UnreachableException($"No sentence for {found.GetType().Name}."),
    };

    static IEnumerable<string> End(AuditProof proof) => proof.End is { } end
        ? [$"It ends with row {end.Number}, fingerprint {end.Fingerprint}. Keep this line elsewhere: a later audit that has no such row is "
            + $"an older copy."]
        : [];
}
