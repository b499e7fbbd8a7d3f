using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Messages;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Journal;

/// <summary>
/// Gives their words to messages from before there was a search, newest first and a few hundred at a time, so that a large database starts
/// as quickly as a small one. Several nodes may do it together: who moves the mark has done that part.
/// </summary>
public sealed partial class SearchBackfill(IDatabase database, TimeProvider clock, ILogger<SearchBackfill> log) : BackgroundService
{
    const int Chunk = 500;

    static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!await TryAsync(stoppingToken)) await Task.Delay(AgainAfter, clock, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }

    /// <summary>Whatever keeps it from being done keeps no server from running: older messages are found later, and that is all.</summary>
    async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(cancellationToken);
            return true;
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            LogWaits(failed.Message);
            return false;
        }
    }

    /// <summary>Goes on until every message has its words.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await database.ReadAsync(session => MarkAsync(session), cancellationToken) is { } mark)
            await database.WriteAsync("give messages their words", session => FillAsync(session, mark), cancellationToken);
    }

    static async ValueTask<MessageId?> MarkAsync(Session session) =>
        (await session.QueryAsync(
            "SELECT newest FROM unsearched", _ => { }, row => new MessageId(row.Id(0)), CancellationToken.None)) is [var mark, ..]
                ? mark
                : null;

    static async ValueTask<int> FillAsync(Session session, MessageId mark)
    {
        // One more than are done now: the newest of the next part.
        var found = await MessageJournal.QueryAsync(
            session, $"WHERE m.id <= $1 ORDER BY m.id DESC LIMIT {Chunk + 1}", p => p.Id(mark.Value), CancellationToken.None);
        var moved = found.Count > Chunk
            ? await session.ExecuteAsync(
                "UPDATE unsearched SET newest = $2 WHERE newest = $1", p => p.Id(mark.Value).Id(found[Chunk].Id.Value),
                CancellationToken.None)
            : await session.ExecuteAsync("DELETE FROM unsearched WHERE newest = $1", p => p.Id(mark.Value), CancellationToken.None);
        if (moved > 0) await WriteAsync(session, [.. found.Take(Chunk).Select(Entry)]);
        return moved;
    }

    /// <summary>Some have their words already: a node whose clock was behind took them in since, under older ids.</summary>
    static async ValueTask WriteAsync(Session session, IReadOnlyList<SearchEntry> entries)
    {
        await SearchRows.RemoveAsync(session, [.. entries.Select(entry => entry.Message)]);
        await SearchRows.AppendAsync(session, entries);
    }

    static SearchEntry Entry(MessageRecord message) =>
        new(message.Id, message.Tenant, [.. message.Recipients.Select(recipient => recipient.Address)], message.Subject, message.Tags);

    [LoggerMessage(2901, LogLevel.Warning, "Giving older messages their words waits: {Reason}")]
    partial void LogWaits(string reason);
}
