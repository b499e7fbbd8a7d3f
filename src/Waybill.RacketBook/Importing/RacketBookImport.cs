using Waybill.Engine.Storage;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Importing;

/// <summary>
/// Takes V1's workbook, or an export, into a stringer's book. Nobody is mailed and nothing is emitted: what is imported has happened.
/// Imported once more, the same file adds nothing.
/// </summary>
public sealed class RacketBookImport(IDatabase database, TimeProvider clock)
{
    /// <summary>So many at a time, that others who write do not wait long.</summary>
    const int Together = 100;

    /// <summary>Reads a workbook and, unless it is a rehearsal, takes it in.</summary>
    /// <param name="scope">Whose book.</param>
    /// <param name="file">The workbook; it can be sought in, and stays open.</param>
    /// <param name="today">The day that it is where the stringer is.</param>
    /// <param name="isRehearsal">Whether only to say what would become of it.</param>
    /// <param name="cancellationToken">Stops between two units; what was taken in stays, and the next run goes on.</param>
    public async Task<ImportOutcome> RunAsync(
        StringerScope scope, Stream file, DateOnly today, bool isRehearsal, CancellationToken cancellationToken) =>
        ImportReader.Read(file, today) switch
        {
            ImportReading.Unreadable(var fault) => new ImportOutcome.Unreadable(fault),
            ImportReading.Read(var plan) when isRehearsal => Foretell(plan, await PlaceAsync(scope, plan, cancellationToken)),
            ImportReading.Read(var plan) => await ApplyAsync(scope, plan, cancellationToken),
            var other => throw new System.Diagnostics.UnreachableException($"No rule for {other.GetType().Name}."),
        };

    /// <summary>Takes in what a plan holds and the book does not.</summary>
    public async Task<ImportOutcome.Done> ApplyAsync(StringerScope scope, ImportPlan plan, CancellationToken cancellationToken)
    {
        var placement = await PlaceAsync(scope, plan, cancellationToken);
        if (placement.NewSelf is { } self)
            await InsertAsync(scope, [await NamedAsync(scope, self, cancellationToken)], AddAsync, cancellationToken);
        var added = new ImportCounts(
            await InsertAsync(scope, placement.Clients, AddAsync, cancellationToken),
            await InsertAsync(scope, placement.Rackets, AddAsync, cancellationToken),
            await InsertAsync(scope, placement.Strings, AddAsync, cancellationToken),
            await InsertAsync(scope, placement.Orders, AddAsync, cancellationToken));
        // another import took them, or somebody strung meanwhile and has a number of the workbook's
        var missed = placement.Counts.Total - added.Total;
        var rejected = missed == 0 ? placement.Rejected : (await PlaceAsync(scope, plan, cancellationToken)).Rejected;
        return new(added, placement.AlreadyThere + missed - (rejected.Count - placement.Rejected.Count), rejected, plan.Ignored);
    }

    Task<ImportPlacement> PlaceAsync(StringerScope scope, ImportPlan plan, CancellationToken cancellationToken) => database.ReadAsync(
        async session => new ImportPlacement(
            scope, await ImportTarget.ReadAsync(session, scope, cancellationToken), plan, clock.GetUtcNow()),
        cancellationToken);

    static ImportOutcome.Done Foretell(ImportPlan plan, ImportPlacement placement) => new(
        placement.Counts, placement.AlreadyThere, placement.Rejected, plan.Ignored);

    /// <summary>Gives how many were added.</summary>
    async Task<int> InsertAsync<T>(
        StringerScope scope, IReadOnlyList<T> rows, Func<Session, StringerScope, T, ValueTask<bool>> add,
        CancellationToken cancellationToken)
    {
        var added = 0;
        foreach (var some in rows.Chunk(Together))
            added += await database.WriteAsync(
                "import",
                async session =>
                {
                    // or two imports at once would not see each other's rows
                    await session.HoldAsync([scope.Stringer.Value], CancellationToken.None);
                    var count = 0;
                    foreach (var row in some)
                        if (await add(session, scope, row)) count++;
                    return count;
                },
                cancellationToken);
        return added;
    }

    /// <summary>A profile of the stringer's own that the workbook does not name is called as they are.</summary>
    Task<Client> NamedAsync(StringerScope scope, Client self, CancellationToken cancellationToken) => self.Person.Name.Length > 0
        ? Task.FromResult(self)
        : database.ReadAsync(
            async session => self with
            {
                Person =
                    self.Person with
                    {
                        FirstName = (await StringerRows.FindAsync(session, scope.Stringer, cancellationToken))?.DisplayName
                        ?? ""
                    },
            },
            cancellationToken);

    async ValueTask<bool> AddAsync(Session session, StringerScope scope, Client client)
    {
        if (await ClientRows.FindAsync(session, scope, client.Id, CancellationToken.None) is not null) return false;
        await ClientRows.InsertAsync(session, scope, client, clock.GetUtcNow());
        return true;
    }

    async ValueTask<bool> AddAsync(Session session, StringerScope scope, Racket racket)
    {
        if (await CatalogueRows.Rackets.FindAsync(session, scope, racket.Id, CancellationToken.None) is not null) return false;
        await CatalogueRows.Rackets.InsertAsync(session, racket, clock.GetUtcNow());
        return true;
    }

    async ValueTask<bool> AddAsync(Session session, StringerScope scope, TennisString one)
    {
        if (await CatalogueRows.Strings.FindAsync(session, scope, one.Id, CancellationToken.None) is not null) return false;
        await CatalogueRows.Strings.InsertAsync(session, one, clock.GetUtcNow());
        return true;
    }

    async ValueTask<bool> AddAsync(Session session, StringerScope scope, Order order)
    {
        if (await OrderRows.FindAsync(session, scope, order.Id, CancellationToken.None) is not null) return false;
        if (order.ReceiptNumber is { } number && !await ImportedReceipts.ClaimAsync(session, scope, number)) return false;
        await OrderRows.InsertAsync(session, order);
        foreach (var milestone in Enum.GetValues<Milestone>())
            if (order.Days[milestone] is { } day)
                await StateAudit.AppendAsync(
                    session, scope, order.Id, new(milestone.Transition(), milestone.Field(), null, DayStep.Write(day)), clock.GetUtcNow());
        return true;
    }
}

/// <summary>What an import came to, or would.</summary>
public abstract record ImportOutcome
{
    private ImportOutcome() { }

    /// <summary>It was read, and what could be taken was.</summary>
    /// <param name="Added">What is new.</param>
    /// <param name="AlreadyThere">Rows that the book had.</param>
    /// <param name="Rejected">Rows that were not taken, and why.</param>
    /// <param name="Ignored">Sheets and columns that mean nothing here.</param>
    public sealed record Done(
        ImportCounts Added, int AlreadyThere, IReadOnlyList<RejectedRow> Rejected, IReadOnlyList<string> Ignored) : ImportOutcome;

    /// <summary>It is no workbook, or not one that is read here; nothing was changed.</summary>
    public sealed record Unreadable(BookFault Fault) : ImportOutcome;
}

/// <summary>How many.</summary>
public sealed record ImportCounts(int Clients, int Rackets, int Strings, int Orders)
{
    /// <summary>All together.</summary>
    internal int Total => Clients + Rackets + Strings + Orders;
}
