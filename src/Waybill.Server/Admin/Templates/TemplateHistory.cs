using Waybill.Engine.Catalogue;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Templates;
using Waybill.Server.Admin.Access;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Templates;

/// <summary>The versions of a template: compared, taken back; and copies, and its end.</summary>
internal sealed class TemplateHistory(TemplateStore templates, TemplateShelf shelf)
{
    /// <summary>
    /// The versions, and what differs between the two that were asked for: by default between what is sent and the draft.
    /// </summary>
    public async Task<IResult> ShowAsync(string id, HttpContext context)
    {
        if (await shelf.FindAsync(id, context) is not { } template) return TemplateShelf.Missing(context);
        var versions = await templates.VersionsAsync(Tenant(context), template.Id, context.RequestAborted);
        var shipped = template is { IsShipped: false, Alias: { } alias } ? await ShippedAsync(context, alias) : null;
        IReadOnlyList<Guid> known = [.. versions.Select(version => version.Id), .. shipped is null ? [] : new[] { shipped.Id }];
        var before = template.HasUpdate && shipped is not null ? shipped.Id : versions.Count > 1 ? versions[1].Id : versions[0].Id;
        var (from, to) = (Asked(context, "from", known) ?? before, Asked(context, "to", known) ?? versions[0].Id);
        return Page<TemplateHistoryPage>(context, new
        {
            Template = template,
            Versions = versions,
            Shipped = shipped,
            From = from,
            To = to,
            Difference = from == to ? (versions.Count > 1 ? "" : null) : await DifferenceAsync(context, from, to),
        });
    }

    /// <summary>
    /// Makes an earlier version, or the shipped one, the draft; what was the draft until now can be seen no more once it is edited.
    /// </summary>
    public async Task<IResult> RestoreAsync(string id, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (await shelf.FindAsync(id, context) is not { } template) return TemplateShelf.Missing(context);
        var version = Guid.TryParse(form["version"], out var wanted)
            ? await templates.FindVersionAsync(Tenant(context), wanted, context.RequestAborted)
            : null;
        if (version is null || version.Template != template.Id) return TemplateShelf.Missing(context);
        var change = await templates.EditAsync(Tenant(context), template.Id.ToString(), form["tag"], present =>
            present with { Content = version.Content }, context.RequestAborted);
        if (change is TemplateChange.Stale)
            return SeeOther(context, PathOf(context, template.Id) + "/history", new(Tone.Held, context.Say("templates.conflict")));
        if (change is TemplateChange.Reserved(var reserved))
            return SeeOther(
                context, PathOf(context, template.Id) + "/history", new(Tone.Held, context.Say("templates.reserved", reserved)));
        if (change is not TemplateChange.Done(var restored)) return TemplateShelf.Missing(context);
        await context.NoteAsync(TemplateActs.Restore, $"{restored.Name} v{version.Number}");
        return SeeOther(context, PathOf(context, restored.Id), new(Tone.Good, context.Say("templates.restored", version.Number)));
    }

    /// <summary>The tenant's own stays as it is beside the shipped version that it was compared with.</summary>
    public async Task<IResult> ReviewAsync(string id, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (await shelf.FindAsync(id, context) is not { IsShipped: false } template || !Guid.TryParse(form["shipped"], out var shipped))
            return TemplateShelf.Missing(context);
        if (await templates.ReviewAsync(
            Tenant(context), template.Id, shipped, context.RequestAborted) is not TemplateChange.Done(var reviewed))
            return SeeOther(context, PathOf(context, template.Id) + "/history", new(Tone.Held, context.Say("templates.review.stale")));
        await context.NoteAsync(TemplateActs.Review, reviewed.Name);
        return SeeOther(context, PathOf(context, reviewed.Id), new(Tone.Good, context.Say("templates.reviewed")));
    }

    /// <summary>Makes a copy, and leads to it.</summary>
    public async Task<IResult> DuplicateAsync(string id, HttpContext context)
    {
        if (await templates.DuplicateAsync(Tenant(context), id, context.RequestAborted) is not TemplateChange.Done(var copy))
            return TemplateShelf.Missing(context);
        await context.NoteAsync(TemplateActs.Duplicate, copy.Name);
        return SeeOther(context, PathOf(context, copy.Id), new(Tone.Good, context.Say("templates.copied")));
    }

    /// <summary>Removes it.</summary>
    public async Task<IResult> RemoveAsync(string id, HttpContext context)
    {
        if (await templates.RemoveAsync(Tenant(context), id, context.RequestAborted) is not TemplateChange.Done(var removed))
            return TemplateShelf.Missing(context);
        await context.NoteAsync(TemplateActs.Remove, removed.Name);
        return SeeOther(context, context.InTenant("templates"), new(Tone.Good, context.Say("templates.removed", removed.Name)));
    }

    async Task<string> DifferenceAsync(HttpContext context, Guid from, Guid to)
    {
        var before = await templates.FindVersionAsync(Tenant(context), from, context.RequestAborted);
        var after = await templates.FindVersionAsync(Tenant(context), to, context.RequestAborted);
        return before is null || after is null ? "" : TemplateDifference.Of(before.Content, after.Content);
    }

    async Task<TemplateVersionRow?> ShippedAsync(HttpContext context, string alias) =>
        await templates.FindAsync(TenantId.Everybody, alias, context.RequestAborted) is { } shipped
            ? new TemplateVersionRow(shipped.VersionId, shipped.Number, IsDraft: false, shipped.CreatedAt, shipped.PublishedAt)
            : null;

    static Guid? Asked(HttpContext context, string name, IReadOnlyList<Guid> known) =>
        Guid.TryParse(context.Request.Query[name], out var version) && known.Contains(version) ? version : null;

    static TenantId Tenant(HttpContext context) => context.Visitor().Tenant!.Id;

    static string PathOf(HttpContext context, TemplateId id) => context.InTenant($"templates/{id}");
}
