using System.Text.Json;
using Waybill.Books.Reading;
using Waybill.Engine.Journal;
using Waybill.Engine.Leasing;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Emails;

/// <summary><c>PATCH /emails/{id}</c> moves a scheduled email, <c>POST /emails/{id}/cancel</c> cancels it.</summary>
internal static class ChangeEmail
{
    public static async Task<IResult> MoveAsync(
        string id, HttpContext context, Caller caller, MessageJournal journal, MessageOutbox outbox, Wakeup wakeup, TimeProvider clock)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        if (body.Root.ValueKind != JsonValueKind.Object) return ApiError.Invalid("The body must be a JSON object.");
        var fields = Fields.Exact(body.Root);
        if (!fields.HasValue("scheduled_at")) return ApiError.Missing("scheduled_at");
        var text = fields.Text("scheduled_at", 100);
        if (text is null) return fields.Error()!;
        if (Schedule.Read(fields, text, clock.GetUtcNow()) is not { } at) return fields.Error()!;
        if (await FindAsync(id, caller, journal, context) is not { } message) return ApiError.NotFound("Email");
        if (!await outbox.RescheduleAsync(caller.Tenant, message.Id, at, context.RequestAborted))
            return ApiError.Invalid($"Only a scheduled email can be moved; this one is {message.Status.Word()}.");
        wakeup.Signal();
        return Results.Json(new EmailReference(message.Id), ApiJson.Default.EmailReference);
    }

    public static async Task<IResult> CancelAsync(
        string id, HttpContext context, Caller caller, MessageJournal journal, MessageOutbox outbox)
    {
        if (await FindAsync(id, caller, journal, context) is not { } message) return ApiError.NotFound("Email");
        if (message.Status != MessageStatus.Canceled && !await outbox.CancelAsync(caller.Tenant, message.Id, context.RequestAborted))
            return ApiError.Invalid(
                $"Only an email that waits for its first attempt can be canceled; this one is {message.Status.Word()}.");
        return Results.Json(new EmailReference(message.Id), ApiJson.Default.EmailReference);
    }

    static async Task<MessageRecord?> FindAsync(string id, Caller caller, MessageJournal journal, HttpContext context) =>
        MessageId.TryParse(id, null, out var message) ? await journal.FindAsync(caller.Tenant, message, context.RequestAborted) : null;
}
