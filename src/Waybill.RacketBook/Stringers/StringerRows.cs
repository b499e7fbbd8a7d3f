using Waybill.Engine.Accounts;
using Waybill.Engine.Storage;
using Waybill.Engine.Tables;
using Waybill.Engine.Tenancy;

namespace Waybill.RacketBook.Stringers;

/// <summary>The rows of stringers. They are no tenant's but tenants, so they are found by id.</summary>
static class StringerRows
{
    static readonly Table<Stringer> Table = new Table<Stringer>("racketbook_stringers")
        .Computed<bool>(nameof(Stringer.IsAdmin), "EXISTS (SELECT 1 FROM racketbook_admins a WHERE a.stringer_id = {0}.id)")
        .Derived("email_key", stringer => EmailKey.Of(stringer.Email))
        .Fixed("email", "email_key")
        .Created();

    internal static ValueTask<Stringer?> FindAsync(Session session, TenantId id, CancellationToken cancellationToken) =>
        Table.View.OfAll().FindAsync(session, id.Value, cancellationToken);

    internal static ValueTask<Stringer?> FindAsync(Session session, string email, CancellationToken cancellationToken) =>
        Table.View.OfAll().FirstAsync(session, $"email_key = {EmailKey.Of(email)}", cancellationToken);

    /// <summary>Names the blob of a stringer's logo; null: there is none.</summary>
    internal static async ValueTask<Guid?> FindLogoAsync(Session session, TenantId id, CancellationToken cancellationToken) =>
        (await FindAsync(session, id, cancellationToken))?.Logo;

    internal static ValueTask<List<Stringer>> ListAsync(Session session, CancellationToken cancellationToken) =>
        Table.View.OfAll().ListAsync(session, Sql.Text("1 = 1"), cancellationToken);

    internal static ValueTask<List<Stringer>> AdminsAsync(
        Session session, CancellationToken cancellationToken) => Table.View.OfAll().ListAsync(
        session, Sql.Text("id IN (SELECT stringer_id FROM racketbook_admins) AND status <> 'disabled'"), cancellationToken);

    internal static ValueTask InsertAsync(Session session, Stringer stringer, DateTimeOffset at) =>
        Table.InsertAsync(session, stringer with { Version = 1 }, at);

    /// <summary>False when somebody else changed it since it was read.</summary>
    internal static ValueTask<bool> UpdateAsync(Session session, Stringer stringer) => Table.UpdateAsync(session, stringer);
}
