using Waybill.Engine.Keys;
using Waybill.Server.Api.Emails;
using Waybill.Server.Api.Events;
using Waybill.Server.Api.Keys;

namespace Waybill.Server.Api;

/// <summary>The transactional half of Resend's API: every route on one page, with the scope that it needs beside it.</summary>
internal static class ResendRoutes
{
    public static void MapResend(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/emails", SendEmail.HandleAsync).RequireScope(Scope.Send);
        routes.MapPost("/emails/batch", SendBatch.HandleAsync).RequireScope(Scope.Send);
        routes.MapGet("/emails", ReadEmails.ListAsync).RequireScope(Scope.Read);
        routes.MapGet("/emails/{id}", ReadEmails.GetAsync).RequireScope(Scope.Read);
        routes.MapPatch("/emails/{id}", ChangeEmail.MoveAsync).RequireScope(Scope.Send);
        routes.MapPost("/emails/{id}/cancel", ChangeEmail.CancelAsync).RequireScope(Scope.Send);
        routes.MapGet("/emails/{id}/attachments", EmailAttachments.ListAsync).RequireScope(Scope.Read);
        routes.MapGet("/emails/{id}/attachments/{attachment}", EmailAttachments.GetAsync).RequireScope(Scope.Read);
        routes.MapGet("/emails/{id}/attachments/{attachment}/content", EmailAttachments.DownloadAsync); // the link itself is the key

        routes.MapPost("/events/send", SendEvent.HandleAsync).RequireScope(Scope.Events);
        routes.MapPost("/events", EventTypesApi.CreateAsync).RequireScope(Scope.Streams);
        routes.MapGet("/events", EventTypesApi.ListAsync).RequireScope(Scope.Read);
        routes.MapGet("/events/{id}", EventTypesApi.GetAsync).RequireScope(Scope.Read);
        routes.MapPatch("/events/{id}", EventTypesApi.UpdateAsync).RequireScope(Scope.Streams);
        routes.MapDelete("/events/{id}", EventTypesApi.RemoveAsync).RequireScope(Scope.Streams);

        routes.MapPost("/api-keys", KeysApi.CreateAsync).RequireScope(Scope.Keys);
        routes.MapGet("/api-keys", KeysApi.ListAsync).RequireScope(Scope.Keys);
        routes.MapPatch("/api-keys/{id}", KeysApi.RenameAsync).RequireScope(Scope.Keys);
        routes.MapDelete("/api-keys/{id}", KeysApi.RevokeAsync).RequireScope(Scope.Keys);
    }
}
