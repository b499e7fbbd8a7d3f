using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Transports;
using Waybill.Screens.Pages;
using Waybill.Screens.Pages.Design;
using Waybill.Server.Api;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin;

/// <summary>The operator's pages: the list of messages and one message with its timeline and preview.</summary>
internal static class AdminPages
{
    const int PageSize = 50;

    const string PreviewPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/admin"));
        routes.MapGet("/admin/enter/{secret}", Enter);
        routes.MapPost("/admin/look", (Delegate)Look.ChooseAsync); // as a delegate: a RequestDelegate's result would be thrown away
        var admin = routes.MapGroup("/admin").ForOperators();
        admin.MapGet("", ListAsync);
        admin.MapGet("/design", (HttpContext context) => Page<DesignPage>(context, new { }));
        admin.MapGet("/messages/{id}", ShowAsync);
        admin.MapGet("/messages/{id}/preview", PreviewAsync);
    }

    /// <summary>What those see who have no session, instead of an empty refusal.</summary>
    public static Task SignInHintAsync(HttpContext context) => Page<SignInHint>(context, new { }, 401).ExecuteAsync(context);

    static IResult Enter(string secret, HttpContext context, OperatorDoor door) => door.TryEnter(context, secret)
        ? Results.Redirect("/admin")
        : Page<SignInHint>(context, new { WasWrong = true }, 403);

    static async Task<IResult> ListAsync(HttpContext context, MessageJournal journal, Relay relay)
    {
        var (page, error) = Paging.Read(context.Request.Query);
        if (page is null) return Page<NotFoundPage>(context, new { Title = "No such page", Sentence = error!.Message }, 422);
        var (messages, hasMore) = await journal.ListAsync(
            tenant: null, PageSize, Id(page.After), Id(page.Before), context.RequestAborted);
        var (hasNewer, hasOlder) = page.Before is null ? (page.After is not null, hasMore) : (hasMore, true);
        return Page<MessagesPage>(context, new { Messages = messages, HasNewer = hasNewer, HasOlder = hasOlder, relay.Transport.Sentence });
    }

    static async Task<IResult> ShowAsync(string id, HttpContext context, MessageJournal journal)
    {
        if (await FindAsync(id, context, journal) is not var (message, snapshot)) return Page<NotFoundPage>(context, new { Sentence = "There is no such message." }, 404);
        var timeline = await journal.TimelineAsync(tenant: null, message.Id, context.RequestAborted);
        var attempts = await journal.AttemptsAsync(tenant: null, message.Id, context.RequestAborted);
        return Page<MessagePage>(context, new { Message = message, Snapshot = snapshot, Steps = timeline, Attempts = attempts });
    }

    /// <summary>The mail itself, as a document of its own that may run nothing and fetch nothing.</summary>
    static async Task<IResult> PreviewAsync(string id, HttpContext context, MessageJournal journal, AttachmentContent content)
    {
        context.Response.Headers.ContentSecurityPolicy = PreviewPolicy;
        if (await FindAsync(id, context, journal) is not var (_, snapshot)) return Results.NotFound();
        return Results.Content(await Preview.DocumentAsync(snapshot, content, context.RequestAborted), "text/html; charset=utf-8");
    }

    static async Task<(MessageRecord Message, Snapshot Snapshot)?> FindAsync(string id, HttpContext context, MessageJournal journal)
    {
        if (!MessageId.TryParse(id, null, out var message)) return null;
        var found = await journal.FindAsync(tenant: null, message, context.RequestAborted);
        var snapshot = await journal.FindSnapshotAsync(tenant: null, message, context.RequestAborted);
        return found is null || snapshot is null ? null : (found, snapshot);
    }

    static MessageId? Id(Guid? id) => id is { } value ? new MessageId(value) : null;
}
