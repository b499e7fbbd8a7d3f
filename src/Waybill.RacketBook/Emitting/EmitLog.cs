using Microsoft.Extensions.Logging;
using Waybill.Engine.Journal;
using Waybill.Engine.Relays;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Emitting;

/// <summary>
/// The log of emits: a row is appended when an emit has come to its end, and a line says so. Neither is ever shown as an error.
/// </summary>
public sealed partial class EmitLog(
    IDatabase database, MessageJournal journal, RelayDirectory relays, TimeProvider clock, ILogger<EmitLog> log)
{
    /// <summary>An order's emits, oldest first.</summary>
    public Task<List<LoggedEmit>> ListAsync(StringerScope scope, Guid order, CancellationToken cancellationToken) =>
        database.ReadAsync(session => EmitRows.ListAsync(session, scope, order, cancellationToken), cancellationToken);

    /// <summary>An order's emits that have not come to their end, oldest first: the relay takes its time.</summary>
    public Task<List<OpenEmit>> ListOpenAsync(StringerScope scope, Guid order, CancellationToken cancellationToken) =>
        database.ReadAsync(session => EmitRows.ListOpenAsync(session, scope, order, cancellationToken), cancellationToken);

    /// <summary>Appends the row of an emit whose mail has come to its end; gives what it came to, null while it is on its way.</summary>
    public async Task<EmitOutcome?> SettleAsync(OpenEmit open, CancellationToken cancellationToken)
    {
        var message = await journal.FindAsync(open.Emit.Stringer, open.Emit.Message, cancellationToken);
        if (message is null || EmitOutcome.Of(message) is not { } outcome) return null;
        var logged = new LoggedEmit(outcome is EmitOutcome.Skipped ? open.Emit with { EmailTo = null } : open.Emit, outcome);
        var host = await HostAsync(open.Emit, cancellationToken); // read first: who appended the row says so
        if (!await database.WriteAsync("log emit", session => EmitRows.AppendAsync(session, logged), cancellationToken)) return outcome;
        Tell(open, outcome, host);
        return outcome;
    }

    /// <summary>Appends the rows of all that came to their end and were not seen doing so: slow relays, and what a crash left.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var open in await database.ReadAsync(
            session => EmitRows.ListOpenAsync(session, 200, cancellationToken), cancellationToken))
            await SettleAsync(open, cancellationToken);
    }

    /// <summary>The host of the relay that the mail was handed to; its name, where it has no host or was removed since.</summary>
    async Task<string?> HostAsync(Emit emit, CancellationToken cancellationToken)
    {
        if (await journal.LastRelayAsync(emit.Stringer, emit.Message, cancellationToken) is not var (name, id)) return null;
        return await relays.ForAsync(id, cancellationToken) is { Host: { } host } relay && relay.Name == name ? host : name;
    }

    void Tell(OpenEmit open, EmitOutcome outcome, string? host)
    {
        var emit = open.Emit;
        var (failed, skipped) = (outcome as EmitOutcome.Failed, outcome as EmitOutcome.Skipped);
        using var facts = log.BeginScope(new EmitFacts(
        [
            new("event", "receipt.emit"),
            new("request_id", open.RequestId),
            new("current_stringer_id", emit.Stringer.ToString()),
            new("current_person_id", open.Person),
            new("order_id", emit.Order),
            new("receipt_number", emit.ReceiptNumber),
            new("kind", emit.Kind),
            new("actor_kind", emit.ActorKind),
            new("locale", emit.Locale),
            new("delivery_status", outcome.Word),
            new("skip_reason", skipped?.Reason),
            new("email_to", emit.EmailTo),
            new("smtp_host", host),
            new("duration_ms", (long)(clock.GetUtcNow() - emit.At).TotalMilliseconds),
            new("error_class", failed?.Class),
            new("error_message", failed?.Message),
        ]));
        LogEmitted(failed is null ? LogLevel.Information : LogLevel.Error, emit.ReceiptNumber, outcome.Word);
    }

    [LoggerMessage(EventId = 4101, Message = "Receipt {Number}: {Status}")]
    partial void LogEmitted(LogLevel level, string number, string status);
}

/// <summary>The fields of the line; as a text they are nothing, for the line names them one by one.</summary>
sealed class EmitFacts(IReadOnlyList<KeyValuePair<string, object?>> facts) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => facts.Count;

    public KeyValuePair<string, object?> this[int index] => facts[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => facts.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => "receipt.emit";
}
