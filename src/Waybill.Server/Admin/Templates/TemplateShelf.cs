using Waybill.Engine.Catalogue;
using Waybill.Screens.Pages.Templates;
using Waybill.Server.Admin.Access;

namespace Waybill.Server.Admin.Templates;

/// <summary>Finds a template for a page, and where templates are used.</summary>
internal sealed class TemplateShelf(TemplateStore templates, Engine.Events.Routes routes)
{
    /// <summary>
    /// The template of a path. A tenant's own stands in front of the shipped one, also for whoever still has that one's address.
    /// </summary>
    public async Task<Template?> FindAsync(string id, HttpContext context)
    {
        var tenant = context.Visitor().Tenant!.Id;
        var found = await templates.FindAsync(tenant, id, context.RequestAborted);
        return found is { IsShipped: true, Alias: { } alias } ? await templates.FindAsync(tenant, alias, context.RequestAborted) : found;
    }

    /// <summary>The answer where there is none.</summary>
    public static IResult Missing(HttpContext context) => Pages.Missing(context, "templates.missing.title", "templates.missing");

    /// <summary>The templates with where each is used.</summary>
    public async Task<IReadOnlyList<TemplateLine>> WithUsesAsync(HttpContext context, IEnumerable<TemplateRow> rows)
    {
        var (tenant, listed) = (context.Visitor().Tenant!.Id, rows.ToList());
        // which reads them all
        var users = listed.Exists(row => row.IsPartial) ? await templates.PartialUsersAsync(tenant, context.RequestAborted) : null;
        var senders = await routes.ListAsync(tenant, context.RequestAborted);
        return [.. listed.Select(row => new TemplateLine(
            row,
            [.. senders.Where(route => route.Rule.Template == row.Id.ToString() || route.Rule.Template == row.Alias)
                .Select(route => route.Rule.EventType).Distinct()],
            [.. row.IsPartial ? users![row.Alias!] : []]))];
    }

    /// <summary>Where one is used.</summary>
    public async Task<TemplateLine> WithUseAsync(HttpContext context, Template template) =>
        (await WithUsesAsync(context, [Row(template)]))[0];

    static TemplateRow Row(Template template) => new(
        template.Id, template.Tenant, template.Alias, template.Name, template.CreatedAt, template.UpdatedAt, template.PublishedAt,
        template.IsDraft);
}
