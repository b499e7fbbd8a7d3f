using Waybill.Engine.Accounts;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Transports;
using Waybill.Screens.Pages;
using Waybill.Screens.Pages.Design;
using Waybill.Server.Admin.Access;
using Waybill.Server.Admin.Brands;
using Waybill.Server.Admin.Start;
using Waybill.Server.Admin.Templates;
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
        routes.MapSignIn();
        routes.MapFirst();
        routes.MapPost("/admin/look", (Delegate)Look.ChooseAsync).ForEverybody(); // as a delegate: a RequestDelegate's result would be thrown away
        routes.MapGet("/admin", HomeAsync).ForSignedIn();
        routes.MapStart();
        routes.MapGet("/admin/design", (HttpContext context) => Page<DesignPage>(context, new { })).ForSignedIn();
        var tenant = routes.MapGroup("/admin/t/{tenant}");
        tenant.MapGet("/messages", ListAsync).For(Permit.Read);
        tenant.MapGet("/messages/{id}", ShowAsync).For(Permit.Read);
        tenant.MapGet("/messages/{id}/preview", PreviewAsync).For(Permit.Content);
        tenant.MapTemplates();
        tenant.MapBrands();
    }

    /// <summary>An owner of the instance who has not gone through the first run goes there.</summary>
    static async Task<IResult> HomeAsync(HttpContext context, FirstRun run) =>
        context.Visitor().InstanceRole is Role.Owner && await run.IsOpenAsync(context.RequestAborted) ? Results.Redirect(StartRoutes.Path) : Home(context);

    /// <summary>Where the visitor was last, else the first place where they may go.</summary>
    static IResult Home(HttpContext context) => (context.Visitor().LastTenant ?? (context.Visitor().Tenants is [var first, ..] ? first : null)) is { } tenant
        ? Results.Redirect($"/admin/t/{tenant.Name}/messages")
        : Page<NotFoundPage>(context, new { Title = "Nothing here yet", Sentence = "You are signed in, but a member of nothing. An owner can invite you." });

    static async Task<IResult> ListAsync(HttpContext context, MessageJournal journal, Relay relay)
    {
        var (page, error) = Paging.Read(context.Request.Query);
        if (page is null) return Page<NotFoundPage>(context, new { Title = "No such page", Sentence = error!.Message }, 422);
        var (messages, hasMore) = await journal.ListAsync(
            context.Visitor().Tenant!.Id, PageSize, Id(page.After), Id(page.Before), context.RequestAborted);
        var (hasNewer, hasOlder) = page.Before is null ? (page.After is not null, hasMore) : (hasMore, true);
        return Page<MessagesPage>(context, new { Messages = messages, HasNewer = hasNewer, HasOlder = hasOlder, relay.Transport.Sentence });
    }

    static async Task<IResult> ShowAsync(string id, HttpContext context, MessageJournal journal)
    {
        if (await FindAsync(id, context, journal) is not var (message, snapshot)) return Page<NotFoundPage>(context, new { Sentence = "There is no such message." }, 404);
        var timeline = await journal.TimelineAsync(context.Visitor().Tenant!.Id, message.Id, context.RequestAborted);
        var attempts = await journal.AttemptsAsync(context.Visitor().Tenant!.Id, message.Id, context.RequestAborted);
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
        var found = await journal.FindAsync(context.Visitor().Tenant!.Id, message, context.RequestAborted);
        var snapshot = await journal.FindSnapshotAsync(context.Visitor().Tenant!.Id, message, context.RequestAborted);
        return found is null || snapshot is null ? null : (found, snapshot);
    }

    static MessageId? Id(Guid? id) => id is { } value ? new MessageId(value) : null;
}
