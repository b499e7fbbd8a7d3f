using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Emitting;

/// <summary>The rows of emits: the open ones, and the log, which is appended to and never changed.</summary>
static class EmitRows
{
    const string Columns = "id, order_id, stringer_id, client_id, emit_at, kind, triggered_by_stringer_id, actor_kind, email_to, receipt_number, locale, snapshot, message_id";

    internal static ValueTask<int> OpenAsync(Session session, OpenEmit open) => session.ExecuteAsync(
        $"INSERT INTO racketbook_open_emits ({Columns}, person_id, request_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        p => Bind(p, open.Emit).Id(open.Person).Text(open.RequestId),
        CancellationToken.None);

    /// <summary>Those of every stringer, oldest first.</summary>
    internal static ValueTask<List<OpenEmit>> ListOpenAsync(Session session, int limit, CancellationToken cancellationToken) => session.QueryAsync(
        $"SELECT {Columns}, person_id, request_id FROM racketbook_open_emits ORDER BY id LIMIT {limit}", _ => { }, ReadOpen, cancellationToken);

    /// <summary>An order's, oldest first.</summary>
    internal static ValueTask<List<OpenEmit>> ListOpenAsync(Session session, StringerScope scope, Guid order, CancellationToken cancellationToken) => session.QueryAsync(
        $"SELECT {Columns}, person_id, request_id FROM racketbook_open_emits WHERE stringer_id = $1 AND order_id = $2 ORDER BY id",
        p => p.Id(scope.Stringer.Value).Id(order),
        ReadOpen,
        cancellationToken);

    /// <summary>Takes an open one out and appends what it came to; false when somebody else was faster.</summary>
    internal static async ValueTask<bool> AppendAsync(Session session, LoggedEmit logged)
    {
        var taken = await session.ExecuteAsync("DELETE FROM racketbook_open_emits WHERE id = $1", p => p.Id(logged.Emit.Id), CancellationToken.None);
        if (taken == 0) return false;
        var (failed, skipped, sent) = (logged.Outcome as EmitOutcome.Failed, logged.Outcome as EmitOutcome.Skipped, logged.Outcome as EmitOutcome.Sent);
        await session.ExecuteAsync(
            $"""
            INSERT INTO racketbook_receipt_emit_log ({Columns}, delivery_status, skip_reason, error_class, error_message, smtp_message_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """,
            p => Bind(p, logged.Emit).Text(logged.Outcome.Word).Text(skipped?.Reason).Text(failed?.Class).Text(failed?.Message).Text(sent?.HeaderId),
            CancellationToken.None);
        return true;
    }

    /// <summary>An order's, oldest first.</summary>
    internal static ValueTask<List<LoggedEmit>> ListAsync(Session session, StringerScope scope, Guid order, CancellationToken cancellationToken) => session.QueryAsync(
        $"""
        SELECT {Columns}, delivery_status, skip_reason, error_class, error_message, smtp_message_id
        FROM racketbook_receipt_emit_log WHERE stringer_id = $1 AND order_id = $2 ORDER BY emit_at, id
        """,
        p => p.Id(scope.Stringer.Value).Id(order),
        ReadLogged,
        cancellationToken);

    /// <summary>Whether a mail of this order went out to this client before, or is on its way.</summary>
    internal static async ValueTask<bool> WasMailedAsync(Session session, StringerScope scope, Guid order, Guid client) => await session.FirstAsync(
        """
        SELECT (SELECT count(*) FROM racketbook_receipt_emit_log WHERE stringer_id = $1 AND order_id = $2 AND client_id = $3 AND delivery_status = 'sent')
             + (SELECT count(*) FROM racketbook_open_emits WHERE stringer_id = $1 AND order_id = $2 AND client_id = $3 AND email_to IS NOT NULL)
        """,
        p => p.Id(scope.Stringer.Value).Id(order).Id(client),
        row => row.Number(0),
        CancellationToken.None) > 0;

    static Parameters Bind(Parameters p, Emit emit) => p.Id(emit.Id).Id(emit.Order).Id(emit.Stringer.Value).Id(emit.Client).Instant(emit.At).Text(emit.Kind).Id(emit.TriggeredBy)
        .Text(emit.ActorKind).Text(emit.EmailTo).Text(emit.ReceiptNumber).Text(emit.Locale).Text(emit.Snapshot.Write()).Id(emit.Message.Value);

    static OpenEmit ReadOpen(Row row) => new(Read(row), row.Id(13), row.Text(14));

    static LoggedEmit ReadLogged(Row row) => new(Read(row), row.Text(13) switch
    {
        "sent" => new EmitOutcome.Sent(row.TextOrNull(17)),
        "failed" => new EmitOutcome.Failed(row.Text(15), row.TextOrNull(16) ?? ""),
        _ => new EmitOutcome.Skipped(row.Text(14)),
    });

    static Emit Read(Row row) => new()
    {
        Id = row.Id(0),
        Order = row.Id(1),
        Stringer = new(row.Id(2)),
        Client = row.Id(3),
        At = row.Instant(4),
        Kind = row.Text(5),
        TriggeredBy = row.Id(6),
        ActorKind = row.Text(7),
        EmailTo = row.TextOrNull(8),
        ReceiptNumber = row.Text(9),
        Locale = row.Text(10),
        Snapshot = EmitSnapshot.Read(row.Text(11)),
        Message = new MessageId(row.Id(12)),
    };
}
