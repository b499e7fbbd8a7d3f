using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Demo;

/// <summary>
/// A book for show: written as an importer would write it, so that nobody is mailed; it goes with one tap and does not come back.
/// </summary>
sealed class DemoBook(IDatabase database, Tenants tenants, TimeProvider clock)
{
    /// <summary>The tenant of the book; it stays when the book goes, so that a restart knows it was there.</summary>
    const string Tenant = "racketbook-demo";

    static readonly string[] Tables =
    [
        "racketbook_notices", "racketbook_submissions", "racketbook_open_emits", "racketbook_receipt_emit_log", "racketbook_state_audit",
        "racketbook_orders", "racketbook_receipt_counters", "racketbook_rackets", "racketbook_strings",
    ];

    /// <summary>Writes it, unless it was there before.</summary>
    internal Task MakeAsync(CancellationToken cancellationToken) => database.WriteAsync(
        "make demo",
        async session =>
        {
            if (await tenants.CreateAsync(session, Tenant, StringerDesk.StandardZone) is not { } tenant) return false;
            var now = clock.GetUtcNow();
            await StringerRows.InsertAsync(session, DemoContent.Stringer(tenant.Id), now);
            var content = new DemoContent(tenant.Id, now);
            foreach (var client in content.Clients) await ClientRows.InsertAsync(session, content.Scope, client, now);
            foreach (var racket in content.Rackets) await CatalogueRows.Rackets.InsertAsync(session, racket, now);
            foreach (var one in content.Strings) await CatalogueRows.Strings.InsertAsync(session, one, now);
            foreach (var order in content.Orders) await KeepAsync(session, content.Scope, order, now);
            return true;
        },
        cancellationToken);

    /// <summary>Takes it out again, with all that was done in it.</summary>
    internal Task RemoveAsync(TenantId stringer, CancellationToken cancellationToken) => database.WriteAsync(
        "remove demo",
        async session =>
        {
            // First of all: whoever asks, nobody's real book goes this way.
            if (await StringerRows.FindAsync(session, stringer, CancellationToken.None) is not { IsDemo: true }) return false;
            foreach (var table in Tables)
                await session.ExecuteAsync(
                    $"DELETE FROM {table} WHERE stringer_id = $1{Unshared(table)}", p => p.Id(stringer.Value), CancellationToken.None);
            await session.ExecuteAsync(
                "DELETE FROM racketbook_persons WHERE id IN (SELECT person_id FROM racketbook_clients WHERE stringer_id = $1)",
                p => p.Id(stringer.Value), CancellationToken.None);
            await session.ExecuteAsync(
                "DELETE FROM racketbook_clients WHERE stringer_id = $1", p => p.Id(stringer.Value), CancellationToken.None);
            await AdminRows.TakeAsync(session, stringer);
            return await session.ExecuteAsync(
                "DELETE FROM racketbook_stringers WHERE id = $1", p => p.Id(stringer.Value), CancellationToken.None) == 1;
        },
        cancellationToken);

    /// <summary>What an admin took into the catalogue of all stays: orders of others may name it.</summary>
    static string Unshared(string table) =>
        table is "racketbook_rackets" or "racketbook_strings" ? " AND visibility <> 'catalogue_shared'" : "";

    static async ValueTask KeepAsync(Session session, StringerScope scope, Order order, DateTimeOffset now)
    {
        var number = order.Days.Strung is { } day ? await ReceiptCounter.MintAsync(session, scope.Stringer, day.Year) : null;
        await OrderRows.InsertAsync(session, order with { ReceiptNumber = number });
        foreach (var (index, milestone) in Enum.GetValues<Milestone>().Index())
            if (order.Days[milestone] is { } on)
                await StateAudit.AppendAsync(
                    session, scope, order.Id, new(milestone.Transition(), milestone.Field(), null, DayStep.Write(on)),
                    now.AddMilliseconds(index));
    }
}
