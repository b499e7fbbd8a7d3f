using Waybill.Engine.Keys;
using Waybill.Server.Api.Emails;
using Waybill.Server.Api.Events;
using Waybill.Server.Api.Keys;
using Waybill.Server.Api.Logs;
using Waybill.Server.Api.Suppressions;
using Waybill.Server.Api.Templates;
using Waybill.Server.Bodies;

namespace Waybill.Server.Api;

/// <summary>The transactional half of Resend's API: every route on one page, with the scope that it needs beside it.</summary>
internal static class ResendRoutes
{
    public static void MapResend(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/emails", SendEmail.HandleAsync).RequireScope(Scope.Send).Reads(BodyLimit.Emails);
        routes.MapPost("/emails/batch", SendBatch.HandleAsync).RequireScope(Scope.Send).Reads(BodyLimit.Emails);
        routes.MapGet("/emails", ReadEmails.ListAsync).RequireScope(Scope.Read);
        routes.MapGet("/emails/{id}", ReadEmails.GetAsync).RequireScope(Scope.Read);
        routes.MapPatch("/emails/{id}", ChangeEmail.MoveAsync).RequireScope(Scope.Send);
        routes.MapPost("/emails/{id}/cancel", ChangeEmail.CancelAsync).RequireScope(Scope.Send);
        routes.MapGet("/emails/{id}/attachments", EmailAttachments.ListAsync).RequireScope(Scope.Read);
        routes.MapGet("/emails/{id}/attachments/{attachment}", EmailAttachments.GetAsync).RequireScope(Scope.Read);
        routes.MapGet("/emails/{id}/attachments/{attachment}/content", EmailAttachments.DownloadAsync); // the link itself is the key

        routes.MapPost("/templates", TemplatesApi.CreateAsync).RequireScope(Scope.Templates).Reads(BodyLimit.Templates)
            .Audited("templates.create");
        routes.MapGet("/templates", TemplatesApi.ListAsync).RequireScope(Scope.Templates);
        routes.MapGet("/templates/{id}", TemplatesApi.GetAsync).RequireScope(Scope.Templates);
        routes.MapPatch("/templates/{id}", TemplatesApi.UpdateAsync).RequireScope(Scope.Templates).Reads(BodyLimit.Templates)
            .Audited("templates.edit");
        routes.MapPost("/templates/{id}/publish", TemplatesApi.PublishAsync).RequireScope(Scope.Templates).Audited("templates.publish");
        routes.MapPost("/templates/{id}/duplicate", TemplatesApi.DuplicateAsync).RequireScope(Scope.Templates)
            .Audited("templates.duplicate");
        routes.MapDelete("/templates/{id}", TemplatesApi.RemoveAsync).RequireScope(Scope.Templates).Audited("templates.remove");
        routes.MapGet("/templates/{id}/versions", TemplatesApi.VersionsAsync).RequireScope(Scope.Templates); // ours, as is the next
        routes.MapPost("/templates/{id}/preview", TemplatesApi.PreviewAsync).RequireScope(Scope.Templates).Reads(BodyLimit.Templates);

        routes.MapGet("/logs", LogsApi.ListAsync).RequireScope(Scope.Read);
        routes.MapGet("/logs/{id}", LogsApi.GetAsync).RequireScope(Scope.Read);

        routes.MapPost("/suppressions", SuppressionsApi.AddAsync).RequireScope(Scope.Suppressions).Audited("suppressions.add");
        routes.MapGet("/suppressions", SuppressionsApi.ListAsync).RequireScope(Scope.Read);
        routes.MapGet("/suppressions/{id}", SuppressionsApi.GetAsync).RequireScope(Scope.Read);
        routes.MapDelete("/suppressions/{id}", SuppressionsApi.RemoveAsync).RequireScope(Scope.Suppressions).Audited("suppressions.remove");
        routes.MapPost("/suppressions/batch/add", SuppressionBatch.AddAsync).RequireScope(Scope.Suppressions).Audited("suppressions.add");
        routes.MapPost("/suppressions/batch/remove", SuppressionBatch.RemoveAsync).RequireScope(Scope.Suppressions)
            .Audited("suppressions.remove");
        routes.MapPost("/events/send", SendEvent.HandleAsync).RequireScope(Scope.Events).Reads(BodyLimit.Events);
        routes.MapPost("/events", EventTypesApi.CreateAsync).RequireScope(Scope.Streams).Audited("event-types.create");
        routes.MapGet("/events", EventTypesApi.ListAsync).RequireScope(Scope.Read);
        routes.MapGet("/events/{id}", EventTypesApi.GetAsync).RequireScope(Scope.Read);
        routes.MapPatch("/events/{id}", EventTypesApi.UpdateAsync).RequireScope(Scope.Streams).Audited("event-types.change");
        routes.MapDelete("/events/{id}", EventTypesApi.RemoveAsync).RequireScope(Scope.Streams).Audited("event-types.remove");

        routes.MapPost("/api-keys", KeysApi.CreateAsync).RequireScope(Scope.Keys).Audited("keys.create");
        routes.MapGet("/api-keys", KeysApi.ListAsync).RequireScope(Scope.Keys);
        routes.MapPatch("/api-keys/{id}", KeysApi.RenameAsync).RequireScope(Scope.Keys).Audited("keys.rename");
        routes.MapDelete("/api-keys/{id}", KeysApi.RevokeAsync).RequireScope(Scope.Keys).Audited("keys.revoke");
    }
}
