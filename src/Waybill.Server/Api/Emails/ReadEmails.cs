using Waybill.Engine.Journal;
using Waybill.Engine.Messages;

namespace Waybill.Server.Api.Emails;

/// <summary><c>GET /emails</c> and <c>GET /emails/{id}</c>: what the journal says.</summary>
internal static class ReadEmails
{
    public static async Task<IResult> ListAsync(HttpContext context, Caller caller, MessageJournal journal)
    {
        var (page, error) = Paging.Read(context.Request.Query);
        if (page is null) return error!;
        var (messages, hasMore) =
            await journal.ListAsync(caller.Tenant, page.Limit, Id(page.After), Id(page.Before), context.RequestAborted);
        return Results.Json(
            new EmailListAnswer(hasMore, [.. messages.Select(message => new EmailRow(message))]), ApiJson.Default.EmailListAnswer);
    }

    public static async Task<IResult> GetAsync(string id, HttpContext context, Caller caller, MessageJournal journal)
    {
        if (!MessageId.TryParse(id, null, out var message)
            || await journal.FindAsync(caller.Tenant, message, context.RequestAborted) is not { } found
            || await journal.FindSnapshotAsync(caller.Tenant, message, context.RequestAborted) is not { } snapshot)
            return ApiError.NotFound("Email");
        return Results.Json(new EmailAnswer(found, snapshot.Inputs), ApiJson.Default.EmailAnswer);
    }

    static MessageId? Id(Guid? id) => id is { } value ? new MessageId(value) : null;
}
