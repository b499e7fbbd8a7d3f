using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Catalogue;

/// <summary>The statements of the template tables. The newest version of a template is its draft, if it has one.</summary>
internal static class TemplateRows
{
    const string PublishedAt = "(SELECT max(p.published_at) FROM template_versions p WHERE p.template_id = t.id)";

    /// <summary>A tenant's template of the same alias stands in front of the shipped one.</summary>
    const string Visible =
        """
        t.removed_at IS NULL AND (t.tenant_id = $1 OR (t.tenant_id = $2 AND NOT EXISTS (
            SELECT 1 FROM templates own WHERE own.tenant_id = $1 AND own.alias = t.alias AND own.removed_at IS NULL)))
        """;

    const string NewestShipped =
        """
        (SELECT s.id FROM template_versions s JOIN templates st ON st.id = s.template_id
         WHERE st.tenant_id = $2 AND st.alias = t.alias AND st.removed_at IS NULL ORDER BY s.number DESC LIMIT 1)
        """;

    const string Whole =
        $"""
        SELECT t.id, t.tenant_id, t.alias, t.name, t.created_at, t.updated_at, {PublishedAt}, v.id, v.number,
               CASE WHEN v.state = 'draft' THEN 1 ELSE 0 END, v.source_hash, v.based_on, v.source, {NewestShipped}
        FROM templates t JOIN template_versions v ON v.template_id = t.id
        WHERE v.number = (SELECT max(n.number) FROM template_versions n WHERE n.template_id = t.id) AND
        """;

    public static ValueTask<Template?> FindAsync(Session session, TenantId tenant, string idOrAlias, CancellationToken cancellationToken) =>
        TemplateId.TryParse(idOrAlias, null, out var id)
            ? session.FirstAsync(
                $"{Whole} t.id = $3 AND t.tenant_id IN ($1, $2) AND t.removed_at IS NULL", p => Of(p, tenant).Id(id.Value), Read,
                cancellationToken)
            : session.FirstAsync(
                $"{Whole} t.alias = $3 AND {Visible}", p => Of(p, tenant).Text(idOrAlias), Read, cancellationToken);

    public static ValueTask<List<TemplateRow>> ListAsync(
        Session session, TenantId tenant, int limit, TemplateId? after, TemplateId? before, CancellationToken cancellationToken)
    {
        var cursor = after ?? before;
        var where = cursor is null ? "" : after is null ? "AND t.id > $3" : "AND t.id < $3";
        var order = cursor is not null && after is null ? "ASC" : "DESC";
        return session.QueryAsync(
            $"""
            SELECT t.id, t.tenant_id, t.alias, t.name, t.created_at, t.updated_at, {PublishedAt},
                   CASE WHEN EXISTS (SELECT 1 FROM template_versions d WHERE d.template_id = t.id AND d.state = 'draft') THEN 1 ELSE 0 END,
                   (SELECT max(p.number) FROM template_versions p WHERE p.template_id = t.id AND p.state = 'published'),
                   (SELECT n.based_on FROM template_versions n WHERE n.template_id = t.id ORDER BY n.number DESC LIMIT 1), {NewestShipped}
            FROM templates t WHERE {Visible} {where} ORDER BY t.id {order} LIMIT {limit}
            """,
            p => _ = cursor is { } id ? Of(p, tenant).Id(id.Value) : Of(p, tenant),
            row => new TemplateRow(
                new(row.Id(0)), new(row.Id(1)), row.TextOrNull(2), row.Text(3), row.Instant(4), row.Instant(5), row.InstantOrNull(6),
                row.Number(7) == 1)
            {
                PublishedNumber = (int?)row.NumberOrNull(8),
                BasedOn = row.IdOrNull(9),
                HasUpdate = row.IdOrNull(9) is { } basedOn && row.IdOrNull(10) is { } shipped && shipped != basedOn,
            },
            cancellationToken);
    }

    /// <summary>What every template says now, drafts included.</summary>
    public static ValueTask<List<(PartialUser Template, TemplateContent Content)>> ContentsAsync(
        Session session, TenantId tenant, CancellationToken cancellationToken) =>
        session.QueryAsync(
            $"""
            SELECT t.id, COALESCE(t.alias, t.name), v.source FROM templates t JOIN template_versions v ON v.template_id = t.id
            WHERE {Visible} AND v.number = (SELECT max(n.number) FROM template_versions n WHERE n.template_id = t.id) ORDER BY 2
            """,
            p => Of(p, tenant),
            row => (new PartialUser(new(row.Id(0)), row.Text(1)), TemplateContent.Unpack(row.Bytes(2))),
            cancellationToken);

    public static ValueTask<List<TemplateVersionRow>> VersionsAsync(
        Session session, TenantId tenant, TemplateId id, CancellationToken cancellationToken) =>
        session.QueryAsync(
            """
            SELECT v.id, v.number, CASE WHEN v.state = 'draft' THEN 1 ELSE 0 END, v.created_at, v.published_at
            FROM template_versions v JOIN templates t ON t.id = v.template_id
            WHERE t.id = $3 AND t.tenant_id IN ($1, $2) ORDER BY v.number DESC
            """,
            p => Of(p, tenant).Id(id.Value),
            row => new TemplateVersionRow(row.Id(0), row.Count(1), row.Number(2) == 1, row.Instant(3), row.InstantOrNull(4)),
            cancellationToken);

    /// <summary>What is sent: the newest published version.</summary>
    public static ValueTask<PublishedVersion?> FindPublishedAsync(
        Session session, TenantId tenant, string idOrAlias, CancellationToken cancellationToken)
    {
        var byId = TemplateId.TryParse(idOrAlias, null, out var id);
        return session.FirstAsync(
            $"""
            SELECT v.id, t.id, t.alias, t.name, v.number, v.source FROM templates t JOIN template_versions v ON v.template_id = t.id
            WHERE {(byId ? "t.id = $3 AND t.tenant_id IN ($1, $2) AND t.removed_at IS NULL" : $"t.alias = $3 AND {Visible}")}
            AND v.number = (SELECT max(n.number) FROM template_versions n WHERE n.template_id = t.id AND n.state = 'published')
            """,
            p => _ = byId ? Of(p, tenant).Id(id.Value) : Of(p, tenant).Text(idOrAlias),
            ReadPublished,
            cancellationToken);
    }

    /// <summary>Any version, also a draft; null when it is another tenant's.</summary>
    public static ValueTask<PublishedVersion?> FindVersionAsync(
        Session session, TenantId tenant, Guid version, CancellationToken cancellationToken) => session.FirstAsync(
        """
        SELECT v.id, t.id, t.alias, t.name, v.number, v.source FROM templates t JOIN template_versions v ON v.template_id = t.id
        WHERE v.id = $3 AND t.tenant_id IN ($1, $2)
        """,
        p => Of(p, tenant).Id(version),
        ReadPublished,
        cancellationToken);

    public static async ValueTask<bool> InsertAsync(Session session, Template template)
    {
        var inserted = await session.ExecuteAsync(
            "INSERT INTO templates (id, tenant_id, alias, name, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT DO "
                + "NOTHING",
            p => p.Id(template.Id.Value).Id(template.Tenant.Value).Text(template.Alias).Text(template.Name).Instant(template.CreatedAt),
            CancellationToken.None);
        return inserted == 1 && await InsertVersionAsync(session, template);
    }

    public static async ValueTask<bool> InsertVersionAsync(Session session, Template template) => await session.ExecuteAsync(
        """
        INSERT INTO template_versions (id, template_id, number, state, source, source_hash, based_on, created_at, published_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
        """,
        p => p.Id(template.VersionId).Id(template.Id.Value).Number(template.Number).Text(template.IsDraft ? "draft" : "published")
            .Bytes(template.Content.Pack()).Bytes(template.Content.Hash()).Id(template.BasedOn).Instant(template.UpdatedAt)
            .Instant(template.IsDraft ? null : template.UpdatedAt),
        CancellationToken.None) == 1;

    /// <summary>Guarded by what was read: an edit that somebody else made meanwhile is not overwritten.</summary>
    public static async ValueTask<bool> EditDraftAsync(
        Session session, Guid version, string readTag, TemplateContent content) => await session.ExecuteAsync(
        "UPDATE template_versions SET source = $3, source_hash = $4 WHERE id = $1 AND state = 'draft' AND source_hash = $2",
        p => p.Id(version).Bytes(Convert.FromHexString(readTag)).Bytes(content.Pack()).Bytes(content.Hash()),
        CancellationToken.None) == 1;

    /// <summary>Publishes the draft that was read, with the partials that were taken in since.</summary>
    public static async ValueTask<bool> PublishAsync(
        Session session, Template draft, TemplateContent content, DateTimeOffset at) => await session.ExecuteAsync(
        "UPDATE template_versions SET state = 'published', published_at = $3, source = $4, source_hash = $5 WHERE id = $1 AND state = "
            + "'draft' AND source_hash = $2",
        p => p.Id(draft.VersionId).Bytes(Convert.FromHexString(draft.ContentTag)).Instant(at).Bytes(content.Pack()).Bytes(content.Hash()),
        CancellationToken.None) == 1;

    /// <summary>Holds a template until the unit ends, and changes nothing of it.</summary>
    public static ValueTask<int> HoldAsync(Session session, TemplateId id) => session.ExecuteAsync(
        "UPDATE templates SET updated_at = updated_at WHERE id = $1", p => p.Id(id.Value), CancellationToken.None);

    /// <summary>
    /// What was looked at is the newest that ships, or nothing is noted. Nothing that is sent changes, so this may be done to what is
    /// published.
    /// </summary>
    public static async ValueTask<bool> ReviewAsync(
        Session session, TenantId tenant, TemplateId id, Guid shipped) => await session.ExecuteAsync(
        """
        UPDATE template_versions SET based_on = $4
        WHERE template_id = $3 AND based_on IS NOT NULL AND number = (SELECT max(n.number) FROM template_versions n WHERE n.template_id = $3)
        AND $4 = (SELECT s.id FROM templates t JOIN templates st ON st.alias = t.alias JOIN template_versions s ON s.template_id = st.id
                  WHERE t.id = $3 AND t.tenant_id = $1 AND t.removed_at IS NULL AND st.tenant_id = $2 AND st.removed_at IS NULL
                  ORDER BY s.number DESC LIMIT 1)
        """,
        p => Of(p, tenant).Id(id.Value).Id(shipped),
        CancellationToken.None) == 1;

    public static async ValueTask<bool> RenameAsync(Session session, Template template, DateTimeOffset at) => await session.ExecuteAsync(
        """
        UPDATE templates SET name = $2, alias = $3, updated_at = $4 WHERE id = $1
        AND NOT EXISTS (SELECT 1 FROM templates other WHERE other.tenant_id = templates.tenant_id AND other.alias = $3 AND other.id <> $1 AND other.removed_at IS NULL)
        """,
        p => p.Id(template.Id.Value).Text(template.Name).Text(template.Alias).Instant(at),
        CancellationToken.None) == 1;

    /// <summary>Published versions stay, for messages refer to them; only the name that leads to them goes.</summary>
    public static async ValueTask<bool> RemoveAsync(Session session, Template template, DateTimeOffset at) => await session.ExecuteAsync(
        "UPDATE templates SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL", p => p.Id(template.Id.Value).Instant(at),
        CancellationToken.None) == 1;

    static Parameters Of(Parameters p, TenantId tenant) => p.Id(tenant.Value).Id(TenantId.Everybody.Value);

    static PublishedVersion ReadPublished(Row row) =>
        new(row.Id(0), new TemplateId(row.Id(1)), row.TextOrNull(2) ?? row.Text(3), row.Count(4), TemplateContent.Unpack(row.Bytes(5)));

    static Template Read(Row row)
    {
        var basedOn = row.IdOrNull(11);
        return new()
        {
            Id = new(row.Id(0)),
            Tenant = new(row.Id(1)),
            Alias = row.TextOrNull(2),
            Name = row.Text(3),
            CreatedAt = row.Instant(4),
            UpdatedAt = row.Instant(5),
            PublishedAt = row.InstantOrNull(6),
            VersionId = row.Id(7),
            Number = row.Count(8),
            IsDraft = row.Number(9) == 1,
            ContentTag = Convert.ToHexStringLower(row.Bytes(10)),
            BasedOn = basedOn,
            Content = TemplateContent.Unpack(row.Bytes(12)),
            HasUpdate = basedOn is not null && row.IdOrNull(13) is { } shipped && shipped != basedOn,
        };
    }
}

/// <summary>One version of a template as it is rendered.</summary>
public sealed record PublishedVersion(Guid Id, TemplateId Template, string Name, int Number, TemplateContent Content);
