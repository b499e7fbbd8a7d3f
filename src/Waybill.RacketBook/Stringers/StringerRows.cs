using Waybill.Engine.Accounts;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.RacketBook.Stringers;

/// <summary>The rows of stringers. They are no tenant's but tenants, so they are found by id.</summary>
static class StringerRows
{
    const string Columns =
        """
        SELECT id, email, (SELECT count(*) FROM racketbook_admins a WHERE a.stringer_id = racketbook_stringers.id), status, locale, display_name, address, phone, web, business_email, labour, logo, is_demo, version
        FROM racketbook_stringers
        """;

    internal static ValueTask<Stringer?> FindAsync(Session session, TenantId id, CancellationToken cancellationToken) =>
        session.FirstAsync($"{Columns} WHERE id = $1", p => p.Id(id.Value), Read, cancellationToken);

    internal static ValueTask<Stringer?> FindAsync(Session session, string email, CancellationToken cancellationToken) =>
        session.FirstAsync($"{Columns} WHERE email_key = $1", p => p.Text(EmailKey.Of(email)), Read, cancellationToken);

    /// <summary>Names the blob of a stringer's logo; null: there is none.</summary>
    internal static async ValueTask<Guid?> FindLogoAsync(Session session, TenantId id, CancellationToken cancellationToken) =>
        (await session.QueryAsync("SELECT logo FROM racketbook_stringers WHERE id = $1", p => p.Id(id.Value), row => row.IdOrNull(0), cancellationToken)).FirstOrDefault();

    internal static ValueTask<List<Stringer>> ListAsync(Session session, CancellationToken cancellationToken) =>
        session.QueryAsync($"{Columns} ORDER BY id", _ => { }, Read, cancellationToken);

    internal static ValueTask<List<Stringer>> AdminsAsync(Session session, CancellationToken cancellationToken) =>
        session.QueryAsync(
            $"{Columns} WHERE id IN (SELECT stringer_id FROM racketbook_admins) AND status <> 'disabled' ORDER BY id", _ => { }, Read, cancellationToken);

    internal static ValueTask<int> InsertAsync(Session session, Stringer stringer, DateTimeOffset at) => session.ExecuteAsync(
        """
        INSERT INTO racketbook_stringers
            (id, email, email_key, status, locale, display_name, address, phone, web, business_email, labour, logo, is_demo, version, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14)
        """,
        p => Bind(p.Id(stringer.Id.Value).Text(stringer.Email).Text(EmailKey.Of(stringer.Email)), stringer).Instant(at),
        CancellationToken.None);

    /// <summary>False when somebody else changed it since it was read.</summary>
    internal static async ValueTask<bool> UpdateAsync(Session session, Stringer stringer) => await session.ExecuteAsync(
        """
        UPDATE racketbook_stringers SET status = $2, locale = $3, display_name = $4, address = $5, phone = $6, web = $7, business_email = $8,
            labour = $9, logo = $10, is_demo = $11, version = version + 1
        WHERE id = $1 AND version = $12
        """,
        p => Bind(p.Id(stringer.Id.Value), stringer).Number(stringer.Version),
        CancellationToken.None) == 1;

    static Parameters Bind(Parameters p, Stringer s) => p.Text(Word(s.Status)).Text(s.Locale).Text(s.DisplayName).Text(s.Address)
        .Text(s.Phone).Text(s.Web).Text(s.BusinessEmail).Number(Scaled.Store(s.Labour)).Id(s.Logo).Number(s.IsDemo ? 1 : 0);

    static string Word(StringerStatus status) => status switch
    {
        StringerStatus.Invited => "invited",
        StringerStatus.Active => "active",
        _ => "disabled",
    };

    static Stringer Read(Row row) => new()
    {
        Id = new(row.Id(0)),
        Email = row.Text(1),
        IsAdmin = row.Count(2) > 0,
        Status = Enum.Parse<StringerStatus>(row.Text(3), ignoreCase: true),
        Locale = row.Text(4),
        DisplayName = row.Text(5),
        Address = row.TextOrNull(6),
        Phone = row.TextOrNull(7),
        Web = row.TextOrNull(8),
        BusinessEmail = row.TextOrNull(9),
        Labour = Scaled.Read(row.Number(10)),
        Logo = row.IdOrNull(11),
        IsDemo = row.Number(12) == 1,
        Version = row.Count(13),
    };
}
