using Waybill.Engine.Journal;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Receipts;
using Waybill.RacketBook.Tenancy;
using EngineDocuments = Waybill.Engine.Composing.DocumentKinds;

namespace Waybill.RacketBook.Emitting;

/// <summary>Opens what was emitted once, exactly as it was.</summary>
public sealed class PastEmits(IDatabase database, MessageJournal journal, EngineDocuments documents)
{
    /// <summary>The paper of an emit; null: the stringer has no such emit of this order.</summary>
    /// <exception cref="InvalidDataException">It would have other bytes than it had.</exception>
    public async Task<(byte[] Bytes, string FileName)?> ReceiptAsync(
        StringerScope scope, Guid order, Guid emit, CancellationToken cancellationToken)
    {
        if (await FindAsync(scope, order, emit, cancellationToken) is not { } logged) return null;
        var snapshot = await journal.FindSnapshotAsync(scope.Stringer, logged.Emit.Message, cancellationToken);
        var paper = snapshot?.Attachments.FirstOrDefault(one => one.Document?.Kind == ReceiptDocument.Name);
        return paper is null ? null : (documents.Render(paper), ReceiptPaper.FileName(logged.Emit.Snapshot.Receipt));
    }

    /// <summary>One emit of an order.</summary>
    public async Task<LoggedEmit?> FindAsync(StringerScope scope, Guid order, Guid emit, CancellationToken cancellationToken) =>
        (await database.ReadAsync(session => EmitRows.ListAsync(session, scope, order, cancellationToken), cancellationToken)).Find(
            one => one.Emit.Id == emit);
}
