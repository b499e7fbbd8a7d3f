using Waybill.Engine.Storage;
using Waybill.Engine.Tables;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Emitting;

/// <summary>The rows of emits: the open ones, and the log, which is appended to and never changed.</summary>
static class EmitRows
{
    const string Outcome = "e.delivery_status, e.skip_reason, e.error_class, e.error_message, e.smtp_message_id";

    static readonly Table<OpenEmit> Open = new Table<OpenEmit>("racketbook_open_emits", "stringer_id")
        .Words("Emit.Snapshot", "snapshot", snapshot => snapshot.Write(), EmitSnapshot.Read);

    static readonly Table<Emit> Emits = new Table<Emit>("racketbook_receipt_emit_log", "stringer_id")
        .Words(nameof(Emit.Snapshot), "snapshot", snapshot => snapshot.Write(), EmitSnapshot.Read);

    static readonly Table<LoggedEmit> Log = new Table<LoggedEmit>("racketbook_receipt_emit_log", "stringer_id")
        .Words("Emit.Snapshot", "snapshot", snapshot => snapshot.Write(), EmitSnapshot.Read)
        .Without(nameof(LoggedEmit.Outcome))
        .Derived("delivery_status", logged => logged.Outcome.Word)
        .Derived("skip_reason", logged => (logged.Outcome as EmitOutcome.Skipped)?.Reason)
        .Derived("error_class", logged => (logged.Outcome as EmitOutcome.Failed)?.Class)
        .Derived("error_message", logged => (logged.Outcome as EmitOutcome.Failed)?.Message)
        .Derived("smtp_message_id", logged => (logged.Outcome as EmitOutcome.Sent)?.HeaderId);

    static readonly View<LoggedEmit> Logged = new(
        () => $"{Emits.Columns("e")}, {Sql.Text(Outcome)}",
        Sql.Text("racketbook_receipt_emit_log e"),
        "e",
        stringer => Emits.TenantIs("e", stringer),
        ReadLogged);

    internal static ValueTask OpenAsync(Session session, OpenEmit open) => Open.InsertAsync(session, open.Emit.Stringer, open);

    /// <summary>Those of every stringer, oldest first.</summary>
    internal static ValueTask<List<OpenEmit>> ListOpenAsync(Session session, int limit, CancellationToken cancellationToken) =>
        Open.View.OfAll().OldestAsync(session, Sql.Text("1 = 1"), after: null, limit, cancellationToken);

    /// <summary>An order's, oldest first.</summary>
    internal static ValueTask<List<OpenEmit>> ListOpenAsync(
        Session session, StringerScope scope, Guid order, CancellationToken cancellationToken) =>
        Open.View.Of(scope.Stringer).ListAsync(session, $"order_id = {order}", cancellationToken);

    /// <summary>Takes an open one out and appends what it came to; false when somebody else was faster.</summary>
    internal static async ValueTask<bool> AppendAsync(Session session, LoggedEmit logged)
    {
        if (await session.ExecuteAsync($"DELETE FROM racketbook_open_emits WHERE id = {logged.Emit.Id}") == 0) return false;
        await Log.InsertAsync(session, logged.Emit.Stringer, logged);
        return true;
    }

    /// <summary>An order's, oldest first.</summary>
    internal static ValueTask<List<LoggedEmit>> ListAsync(
        Session session, StringerScope scope, Guid order, CancellationToken cancellationToken) =>
        Logged.Of(scope.Stringer).ListAsync(session, $"e.order_id = {order}", cancellationToken);

    /// <summary>Whether a mail of this order went out to this client before, or is on its way.</summary>
    internal static async ValueTask<bool> WasMailedAsync(
        Session session, StringerScope scope, Guid order, Guid client) => await session.FirstAsync(
        $"""
        SELECT (SELECT count(*) FROM racketbook_receipt_emit_log
                WHERE stringer_id = {scope.Stringer} AND order_id = {order} AND client_id = {client} AND delivery_status = 'sent')
             + (SELECT count(*) FROM racketbook_open_emits
                WHERE stringer_id = {scope.Stringer} AND order_id = {order} AND client_id = {client} AND email_to IS NOT NULL)
        """,
        row => row.Number(0),
        CancellationToken.None) > 0;

    static LoggedEmit ReadLogged(Row row)
    {
        var at = 0;
        return new(Emits.Read(row, ref at), row.Text(at) switch
        {
            "sent" => new EmitOutcome.Sent(row.TextOrNull(at + 4)),
            "failed" => new EmitOutcome.Failed(row.Text(at + 2), row.TextOrNull(at + 3) ?? ""),
            _ => new EmitOutcome.Skipped(row.Text(at + 1)),
        });
    }
}
