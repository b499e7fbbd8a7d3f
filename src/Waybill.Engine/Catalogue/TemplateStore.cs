using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Catalogue;

/// <summary>
/// The templates of every tenant and the shipped ones. An edit changes the draft, which publishing makes what is sent; a version that was
/// published never changes again. A change takes effect at once on this node and within a second on others.
/// </summary>
public sealed class TemplateStore(IDatabase database, Publishing publishing, AccountTemplates accounts, TimeProvider clock)
{
    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    readonly ShortMemory<(TenantId, string), PublishedVersion> published = new(Remembered, clock);

    /// <summary>Whether a text can be a template's alias: 1 to 100 letters, digits, dots, dashes and underscores, and no id.</summary>
    public static bool CanBeCalled(string alias) =>
        alias.Length is > 0 and <= 100 && alias.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            && !TemplateId.TryParse(alias, null, out _);

    /// <summary>A template by id or alias, the tenant's own before the shipped one.</summary>
    public Task<Template?> FindAsync(TenantId tenant, string idOrAlias, CancellationToken cancellationToken) =>
        database.ReadAsync(session => TemplateRows.FindAsync(session, tenant, idOrAlias, cancellationToken), cancellationToken);

    /// <summary>A page of templates, newest first, and whether there is more in the direction that was asked for.</summary>
    public async Task<(IReadOnlyList<TemplateRow> Page, bool HasMore)> ListAsync(
        TenantId tenant, int limit, TemplateId? after, TemplateId? before, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            session => TemplateRows.ListAsync(session, tenant, limit + 1, after, before, cancellationToken), cancellationToken);
        return ([.. found.Take(limit).OrderByDescending(row => row.Id.ToString(), StringComparer.Ordinal)], found.Count > limit);
    }

    /// <summary>Which templates put a partial in, by the alias of the partial; drafts count.</summary>
    public async Task<ILookup<string, PartialUser>> PartialUsersAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var all = await database.ReadAsync(session => TemplateRows.ContentsAsync(session, tenant, cancellationToken), cancellationToken);
        return all.SelectMany(one => PartialIntake.UsedBy(one.Content).Select(name => (Alias: PartialIntake.Prefix + name, one.Template)))
            .ToLookup(use => use.Alias, use => use.Template, StringComparer.Ordinal);
    }

    /// <summary>A template's versions, newest first.</summary>
    public Task<List<TemplateVersionRow>> VersionsAsync(TenantId tenant, TemplateId id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => TemplateRows.VersionsAsync(session, tenant, id, cancellationToken), cancellationToken);

    /// <summary>What is sent now under an id or alias; null when there is no such template or it was never published.</summary>
    public ValueTask<PublishedVersion?> FindPublishedAsync(
        TenantId tenant, string idOrAlias, CancellationToken cancellationToken) => published.GetAsync(
        (tenant, idOrAlias),
        () => database.ReadAsync(
            session => TemplateRows.FindPublishedAsync(session, tenant, idOrAlias, cancellationToken), cancellationToken));

    /// <summary>A version by its own id.</summary>
    public Task<PublishedVersion?> FindVersionAsync(TenantId tenant, Guid version, CancellationToken cancellationToken) =>
        database.ReadAsync(session => TemplateRows.FindVersionAsync(session, tenant, version, cancellationToken), cancellationToken);

    /// <summary>Makes a template, as a draft.</summary>
    public Task<TemplateChange> CreateAsync(
        TenantId tenant, string name, string? alias, TemplateContent content, CancellationToken cancellationToken) =>
        accounts.Has(alias)
            ? Task.FromResult<TemplateChange>(new TemplateChange.Reserved(alias!))
            : ChangeAsync("create template", session => InsertAsync(session, tenant, name, alias, content), cancellationToken);

    /// <summary>Makes a copy, as a draft without an alias.</summary>
    public Task<TemplateChange> DuplicateAsync(TenantId tenant, string idOrAlias, CancellationToken cancellationToken) => ChangeAsync(
        "duplicate template",
        async session => await TemplateRows.FindAsync(session, tenant, idOrAlias, CancellationToken.None) is { } original
            ? await InsertAsync(session, tenant, Shorten($"{original.Name} (copy)"), alias: null, original.Content)
            : new TemplateChange.Missing(),
        cancellationToken);

    /// <summary>
    /// Edits a template's draft, which is made from what is published when there is none; a shipped one becomes the tenant's own.
    /// </summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="idOrAlias">Which.</param>
    /// <param name="readTag">The <see cref="Template.ContentTag"/> that the edit was made from; null: whatever is there.</param>
    /// <param name="edit">From what is there to what is wanted.</param>
    /// <param name="cancellationToken">Stops the waiting for a turn.</param>
    public Task<TemplateChange> EditAsync(
        TenantId tenant, string idOrAlias, string? readTag, Func<Template, Template> edit,
        CancellationToken cancellationToken) => ChangeAsync(
        "edit template",
        async session =>
        {
            if (await HoldAsync(session, tenant, idOrAlias) is not { } present) return new TemplateChange.Missing();
            if (readTag is not null && readTag != present.ContentTag) return new TemplateChange.Stale(present);
            var wanted = edit(present);
            if (ReservedOf(present, wanted) is { } reserved) return new TemplateChange.Reserved(reserved);
            return present.IsShipped
                ? await InsertAsync(session, tenant, wanted.Name, wanted.Alias, wanted.Content)
                : await EditAsync(session, tenant, present, wanted);
        },
        cancellationToken);

    /// <summary>
    /// Publishes the draft, if nothing is wrong with it. Publishing again what is published takes in its partials as they are now, and
    /// changes nothing where they are the same.
    /// </summary>
    public async Task<TemplateChange> PublishAsync(TenantId tenant, string idOrAlias, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, idOrAlias, cancellationToken) is not { } template) return new TemplateChange.Missing();
        if (template.IsShipped) return new TemplateChange.Done(template);
        if (accounts.Has(template.Alias)) return new TemplateChange.Reserved(template.Alias!);
        var (content, problems) = await publishing.PrepareAsync(tenant, template, cancellationToken);
        if (!template.IsDraft && Tag(content) == template.ContentTag) return new TemplateChange.Done(template);
        if (problems.Any(problem => problem.IsFatal)) return new TemplateChange.Refused(problems);
        return await ChangeAsync(
            "publish template",
            async session => await PublishAsync(session, template, content)
                ? await DoneAsync(session, tenant, template.Id)
                : await StaleAsync(session, tenant, template.Id),
            cancellationToken);
    }

    /// <summary>Removes a template of the tenant; where it stood in front of a shipped one, that one is sent again.</summary>
    public Task<TemplateChange> RemoveAsync(TenantId tenant, string idOrAlias, CancellationToken cancellationToken) => ChangeAsync(
        "remove template",
        async session =>
        {
            if (await TemplateRows.FindAsync(session, tenant, idOrAlias, CancellationToken.None) is not { } template)
                return new TemplateChange.Missing();
            if (template.IsShipped) return new TemplateChange.IsShipped();
            return await TemplateRows.RemoveAsync(session, template, clock.GetUtcNow())
                ? new TemplateChange.Done(template)
                : new TemplateChange.Missing();
        },
        cancellationToken);

    /// <summary>
    /// Notes that an override was held against a shipped version and stays as it is, so that it counts as made from that one. Stale when
    /// that is not the newest one that ships.
    /// </summary>
    public Task<TemplateChange> ReviewAsync(
        TenantId tenant, TemplateId id, Guid shipped, CancellationToken cancellationToken) => ChangeAsync(
        "review template",
        async session => await TemplateRows.ReviewAsync(session, tenant, id, shipped)
            ? await DoneAsync(session, tenant, id)
            : await StaleAsync(session, tenant, id),
        cancellationToken);

    /// <summary>Publishes what comes with this program where it differs from what is there; an override is never touched.</summary>
    public Task<int> ShipAsync(IReadOnlyList<ShippedTemplate> shipped, CancellationToken cancellationToken) => database.WriteAsync(
        "ship templates",
        async session =>
        {
            var changed = 0;
            foreach (var template in shipped) changed += await ShipAsync(session, template) ? 1 : 0;
            return changed;
        },
        cancellationToken);

    string? ReservedOf(Template present, Template wanted) =>
        accounts.Has(wanted.Alias) ? wanted.Alias : accounts.Has(present.Alias) ? present.Alias : null;

    async ValueTask<bool> ShipAsync(Session session, ShippedTemplate template)
    {
        var present = await TemplateRows.FindAsync(session, TenantId.Everybody, template.Alias, CancellationToken.None);
        if (present is null)
            return await TemplateRows.InsertAsync(
                session, New(TenantId.Everybody, template.Alias, template.Alias, template.Content) with { IsDraft = false });
        if (present.ContentTag == Tag(template.Content)) return false;
        return await TemplateRows.InsertVersionAsync(session, NextOf(present, template.Content) with { IsDraft = false });
    }

    async ValueTask<TemplateChange> InsertAsync(Session session, TenantId tenant, string name, string? alias, TemplateContent content)
    {
        var shipped = alias is null
            ? null
            : await TemplateRows.FindPublishedAsync(session, TenantId.Everybody, alias, CancellationToken.None);
        var fresh = New(tenant, name, alias, content.WithoutPartials()) with { BasedOn = shipped?.Id };
        return await TemplateRows.InsertAsync(session, fresh) ? new TemplateChange.Done(fresh) : new TemplateChange.AliasTaken();
    }

    /// <summary>Two who edit one template on two nodes do so one after the other: what is read here stays so until COMMIT.</summary>
    static async ValueTask<Template?> HoldAsync(Session session, TenantId tenant, string idOrAlias)
    {
        var seen = await TemplateRows.FindAsync(session, tenant, idOrAlias, CancellationToken.None);
        if (seen is null or { IsShipped: true }) return seen;
        await TemplateRows.HoldAsync(session, seen.Id);
        return await TemplateRows.FindAsync(session, tenant, seen.Id.ToString(), CancellationToken.None);
    }

    ValueTask<bool> PublishAsync(Session session, Template template, TemplateContent content) => template.IsDraft
        ? TemplateRows.PublishAsync(session, template, content, clock.GetUtcNow())
        : TemplateRows.InsertVersionAsync(session, NextOf(template, content) with { IsDraft = false });

    async ValueTask<TemplateChange> EditAsync(Session session, TenantId tenant, Template present, Template wanted)
    {
        var content = wanted.Content.WithoutPartials();
        var isSame = Tag(content) == Tag(present.Content.WithoutPartials());
        if (isSame && (wanted.Name, wanted.Alias) == (present.Name, present.Alias)) return new TemplateChange.Done(present);
        if (!await TemplateRows.RenameAsync(session, wanted, clock.GetUtcNow())) return new TemplateChange.AliasTaken();
        var isWritten = isSame
            || (present.IsDraft
                ? await TemplateRows.EditDraftAsync(session, present.VersionId, present.ContentTag, content)
                : await TemplateRows.InsertVersionAsync(session, NextOf(present, content)));
        return isWritten ? await DoneAsync(session, tenant, present.Id) : await StaleAsync(session, tenant, present.Id);
    }

    async Task<TemplateChange> ChangeAsync(
        string name, Func<Session, ValueTask<TemplateChange>> change, CancellationToken cancellationToken)
    {
        var outcome = await database.WriteAsync(name, change, cancellationToken);
        published.Forget();
        return outcome;
    }

    Template New(TenantId tenant, string name, string? alias, TemplateContent content)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Id = TemplateId.New(clock),
            Tenant = tenant,
            Alias = alias,
            Name = name,
            CreatedAt = now,
            UpdatedAt = now,
            VersionId = Guid.CreateVersion7(now),
            Number = 1,
            IsDraft = true,
            ContentTag = Tag(content),
            Content = content,
        };
    }

    Template NextOf(Template present, TemplateContent content)
    {
        var now = clock.GetUtcNow();
        return present with
        {
            VersionId = Guid.CreateVersion7(now),
            Number = present.Number + 1,
            IsDraft = true,
            UpdatedAt = now,
            Content = content
        };
    }

    static async ValueTask<TemplateChange> DoneAsync(Session session, TenantId tenant, TemplateId id) =>
        new TemplateChange.Done((await TemplateRows.FindAsync(session, tenant, id.ToString(), CancellationToken.None))!);

    static async ValueTask<TemplateChange> StaleAsync(Session session, TenantId tenant, TemplateId id) =>
        await TemplateRows.FindAsync(session, tenant, id.ToString(), CancellationToken.None) is { } now
            ? new TemplateChange.Stale(now)
            : new TemplateChange.Missing();

    static string Tag(TemplateContent content) => Convert.ToHexStringLower(content.Hash());

    static string Shorten(string name) => name.Length <= 100 ? name : name[..100];
}

/// <summary>A template that comes with the program or a book.</summary>
public sealed record ShippedTemplate(string Alias, TemplateContent Content);
