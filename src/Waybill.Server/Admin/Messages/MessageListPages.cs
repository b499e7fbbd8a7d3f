using Waybill.Books.Reading;
using Waybill.Engine.Accounts;
using Waybill.Engine.Interventions;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Screens.Pages;
using Waybill.Screens.Pages.Messages;
using Waybill.Server.Admin.Access;
using Waybill.Server.Api;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Messages;

/// <summary>The list of messages: searched, paged, kept up to date, taken along as CSV.</summary>
internal static class MessageListPages
{
    const int PageSize = 50;

    public static void MapMessageList(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/messages", ListAsync).For(Permit.Read);
        tenant.MapGet("/messages/list", PartAsync).For(Permit.Read);
        tenant.MapGet("/messages.csv", CsvAsync).For(Permit.Read);
    }

    /// <summary>The list with what was found; without when the search makes no sense.</summary>
    public static IResult Show(HttpContext context, AskedMessages asked, FoundMessages? found) => Page<MessagesPage>(
        context,
        new
        {
            Found = found,
            asked.Query.Text,
            Faults = Words(context, asked.Query),
            Fields = QueryFields.Of(asked.Query),
            asked.Streams,
            asked.Brands,
            Offered = MassDesk.Offered(asked.Filter),
            context.RequestServices.GetRequiredService<Relay>().Transport.Sentence,
        },
        found is null ? 422 : 200);

    static async Task<IResult> ListAsync(HttpContext context, MessageSearch search, QueryReader reader)
    {
        if (QueryFields.Compose(context.Request.Query) is { } composed)
            return Results.Redirect(context.Request.Path + MessageLinks.Query(composed));
        var asked = await ReadAsync(context, reader);
        var (page, error) = Paging.Read(context.Request.Query);
        if (page is null)
            return Page<NotFoundPage>(context, new { Title = context.Say("messages.no-page"), Sentence = error!.Message }, 422);
        return Show(context, asked, asked.IsFaulty ? null : await FindAsync(context, search, asked.Filter, page));
    }

    /// <summary>The rows alone, for the page that stands open.</summary>
    static async Task<IResult> PartAsync(HttpContext context, MessageSearch search, QueryReader reader)
    {
        var asked = await ReadAsync(context, reader);
        var (page, _) = Paging.Read(context.Request.Query);
        if (page is null || asked.IsFaulty) return Results.NotFound();
        return Page<MessageRows>(context, new { Found = await FindAsync(context, search, asked.Filter, page), asked.Query.Text });
    }

    static async Task<IResult> CsvAsync(HttpContext context, MessageSearch search, QueryReader reader, TimeProvider clock)
    {
        var tenant = context.Visitor().Tenant!;
        var asked = await ReadAsync(context, reader);
        if (asked.IsFaulty) return SeeOther(context, context.InTenant("messages" + MessageLinks.Query(asked.Query.Text)));
        return MessageCsv.Answer(context, search, tenant, asked.Filter, clock.GetUtcNow());
    }

    static Task<AskedMessages> ReadAsync(HttpContext context, QueryReader reader) => reader.ReadAsync(
        context.Visitor().Tenant!.Id,
        context.Request.Query["q"].ToString(),
        context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
        context.RequestAborted);

    static async Task<FoundMessages> FindAsync(HttpContext context, MessageSearch search, MessageFilter filter, ListPage page)
    {
        var (messages, hasMore) = await search.FindAsync(
            context.Visitor().Tenant!.Id, filter, PageSize, Id(page.After), Id(page.Before), context.RequestAborted);
        var (hasNewer, hasOlder) = Cursors.Around(page, hasMore);
        return new(messages, hasNewer, hasOlder);
    }

    static List<string> Words(HttpContext context, MessageQuery query) =>
        [.. query.Faults.Select(fault => context.Say(fault.Text, fault.Argument))];

    static MessageId? Id(Guid? id) => id is { } value ? new MessageId(value) : null;
}
