using Waybill.Engine.Accounts;
using Waybill.Server.Admin.Access;

namespace Waybill.Server.Admin.Templates;

/// <summary><c>/admin/t/{tenant}/templates</c>: what mails say.</summary>
internal static class TemplateRoutes
{
    /// <summary>Octets of a form with every language of a large template in it.</summary>
    const long LargestForm = 16 << 20;

    public static void MapTemplates(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/templates", (HttpContext context, TemplateList list) => list.ShowAsync(context)).For(Permit.Read);
        tenant.MapGet("/templates/new", (HttpContext context) => TemplateList.ShowNew(context)).For(Permit.Templates);
        tenant.MapPost("/templates/new", (HttpContext context, TemplateList list) => list.MakeAsync(context)).For(Permit.Templates);
        tenant.MapGet("/templates/{id}", (string id, HttpContext context, TemplateEditor editor) => editor.ShowAsync(id, context))
            .For(Permit.Read);
        tenant.MapGet("/templates/{id}/mail", (string id, HttpContext context, TemplateEditor editor) => editor.ShowMailAsync(id, context))
            .For(Permit.Read);
        Writing(tenant.MapPost(
            "/templates/{id}", (string id, HttpContext context, TemplateEditor editor) => editor.SaveAsync(id, context)));
        Looking(tenant.MapPost(
            "/templates/{id}/mail", (string id, HttpContext context, TemplateEditor editor) => editor.PreviewAsync(id, context)));
        Looking(tenant.MapPost(
            "/templates/{id}/check", (string id, HttpContext context, TemplateEditor editor) => editor.CheckAsync(id, context)));
        Writing(tenant.MapPost(
            "/templates/{id}/arrange", (string id, HttpContext context, TemplateEditor editor) => editor.ArrangeAsync(id, context)));
        Writing(tenant.MapPost(
            "/templates/{id}/publish", (string id, HttpContext context, TemplateEditor editor) => editor.PublishAsync(id, context)));
        Writing(tenant.MapPost(
            "/templates/{id}/test", (string id, HttpContext context, TemplateEditor editor) => editor.SendTestAsync(id, context)));
        tenant.MapGet("/templates/{id}/history", (string id, HttpContext context, TemplateHistory history) =>
            history.ShowAsync(id, context)).For(Permit.Read);
        tenant.MapPost("/templates/{id}/restore", (string id, HttpContext context, TemplateHistory history) =>
            history.RestoreAsync(id, context)).For(Permit.Templates);
        tenant.MapPost("/templates/{id}/review", (string id, HttpContext context, TemplateHistory history) =>
            history.ReviewAsync(id, context)).For(Permit.Templates);
        tenant.MapPost("/templates/{id}/duplicate", (string id, HttpContext context, TemplateHistory history) =>
            history.DuplicateAsync(id, context)).For(Permit.Templates);
        tenant.MapPost("/templates/{id}/remove", (string id, HttpContext context, TemplateHistory history) =>
            history.RemoveAsync(id, context)).For(Permit.Templates);
    }

    /// <summary>It keeps nothing: whoever may read sees each locale in each brand.</summary>
    static void Looking(RouteHandlerBuilder route) => route.For(Permit.Read).WithMetadata(new FormLimit(LargestForm));

    static void Writing(RouteHandlerBuilder route) => route.For(Permit.Templates).WithMetadata(new FormLimit(LargestForm));
}
