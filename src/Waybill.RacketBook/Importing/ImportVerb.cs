using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Books.Verbs;
using Waybill.Engine.Audit;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;
using Waybill.RacketBook.Texts;

namespace Waybill.RacketBook.Importing;

/// <summary>
/// <c>waybill import racketbook FILE.xlsx --for ADDRESS</c>: says what would become of each row, and with <c>--apply</c> does it.
/// </summary>
static class ImportVerb
{
    internal static Verb Verb { get; } = new(
        "import racketbook", "Takes a workbook in: says what would become of each row, and with --apply does it.", RunAsync)
    {
        Parameters =
        [
            new VerbParameter.File("file", "The workbook (XLSX)."),
            new VerbParameter.Option("for", "Whose book: the address that they sign in with.") { IsRequired = true },
            new VerbParameter.Flag("apply", "Do it; without, it is only said what would become of each row."),
        ],
    };

    static async Task<VerbAnswer> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var (services, forWhom, isRehearsal) = (call.Services, call["for"]!, !call.Has("apply"));
        var database = services.GetRequiredService<IDatabase>();
        if (await database.ReadAsync(
            session => StringerRows.FindAsync(session, forWhom, cancellationToken), cancellationToken) is not { } stringer)
            return VerbAnswer.Refuse($"There is no stringer with the address {forWhom}.");
        var scope = StringerScope.Of(stringer.Id, Actor.CommandLine);
        var today = await services.GetRequiredService<OrderDesk>().TodayAsync(scope, cancellationToken);
        using var file = new MemoryStream(call.File, writable: false);
        var outcome = await services.GetRequiredService<RacketBookImport>().RunAsync(scope, file, today, isRehearsal, cancellationToken);
        if (outcome is ImportOutcome.Done { Added: var added } && !isRehearsal)
            await services.GetRequiredService<AuditTrail>()
                .NoteAsync(Actor.CommandLine, stringer.Id, "racketbook.import", Counted(added), isDone: true, cancellationToken);
        return outcome switch
        {
            ImportOutcome.Done done => VerbAnswer.Say(Lines(done, isRehearsal)),
            ImportOutcome.Unreadable(var fault) => VerbAnswer.Refuse(fault.Say("en")),
            _ => throw new System.Diagnostics.UnreachableException($"No words for {outcome.GetType().Name}."),
        };
    }

    static IEnumerable<string> Lines(ImportOutcome.Done done, bool isRehearsal)
    {
        yield return $"{(isRehearsal ? "Would be added" : "Added")}: {Counted(done.Added)}. Already there: "
            + $"{Count(done.AlreadyThere, "row")}. Not taken: {Count(done.Rejected.Count)}.";
        foreach (var rejected in done.Rejected) yield return "  " + rejected.Say("en");
        foreach (var ignored in done.Ignored) yield return $"  {ignored} means nothing here and was left out.";
        if (isRehearsal) yield return "Nothing was changed. Do it with --apply.";
    }

    static string Counted(ImportCounts counts) =>
        $"{Count(counts.Clients, "client")}, {Count(counts.Rackets, "racket")}, {Count(counts.Strings, "string")}, "
            + $"{Count(counts.Orders, "order")}";

    static string Count(int count, string what) => $"{Count(count)} {what}{(count == 1 ? "" : "s")}";

    static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
