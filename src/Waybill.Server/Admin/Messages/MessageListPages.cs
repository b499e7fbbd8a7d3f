using Waybill.Engine.Accounts;
using Waybill.Engine.Brands;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Routing;
using Waybill.Engine.Transports;
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

    static async Task<IResult> ListAsync(HttpContext context, MessageSearch search, StreamTable streams, BrandBook book, Relay relay)
    {
        if (QueryFields.Compose(context.Request.Query) is { } composed) return Results.Redirect(context.Request.Path + MessageLinks.Query(composed));
        var brands = await book.ListAsync(context.Visitor().Tenant!.Id, context.RequestAborted);
        var (query, filter) = Read(context, streams, brands);
        var (page, error) = Paging.Read(context.Request.Query);
        if (page is null) return Page<NotFoundPage>(context, new { Title = "No such page", Sentence = error!.Message }, 422);
        var found = query.Faults.Count == 0 ? await FindAsync(context, search, filter, page) : null;
        return Page<MessagesPage>(
            context,
            new
            {
                Found = found,
                query.Text,
                Faults = Words(context, query),
                Fields = QueryFields.Of(query),
                Streams = streams.All.Select(stream => stream.Name).ToList(),
                Brands = brands.Select(brand => brand.Alias).ToList(),
                relay.Transport.Sentence,
            },
            found is null ? 422 : 200);
    }

    /// <summary>The rows alone, for the page that stands open.</summary>
    static async Task<IResult> PartAsync(HttpContext context, MessageSearch search, StreamTable streams, BrandBook book)
    {
        var (query, filter) = Read(context, streams, await book.ListAsync(context.Visitor().Tenant!.Id, context.RequestAborted));
        var (page, _) = Paging.Read(context.Request.Query);
        if (page is null || query.Faults.Count > 0) return Results.NotFound();
        return Page<MessageRows>(context, new { Found = await FindAsync(context, search, filter, page), query.Text });
    }

    static async Task<IResult> CsvAsync(HttpContext context, MessageSearch search, StreamTable streams, BrandBook book, TimeProvider clock)
    {
        var tenant = context.Visitor().Tenant!;
        var (query, filter) = Read(context, streams, await book.ListAsync(tenant.Id, context.RequestAborted));
        if (query.Faults.Count > 0) return SeeOther(context, $"/admin/t/{tenant.Name}/messages{MessageLinks.Query(query.Text)}");
        return MessageCsv.Answer(context, search, tenant, filter, clock.GetUtcNow());
    }

    static (MessageQuery Query, MessageFilter Filter) Read(HttpContext context, StreamTable streams, IReadOnlyList<Brand> brands)
    {
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var query = MessageQuery.Read(context.Request.Query["q"].ToString(), streams.All.Select(stream => stream.Name), now);
        var brand = query.Brand is { } named ? brands.FirstOrDefault(one => one.Alias == named || one.Id.ToString() == named) : null;
        if (query.Brand is not null && brand is null) query.Fault("filter.fault.brand", query.Brand);
        return (query, query.Filter with { Brand = brand?.Id.Value });
    }

    static async Task<FoundMessages> FindAsync(HttpContext context, MessageSearch search, MessageFilter filter, Paging page)
    {
        var (messages, hasMore) = await search.FindAsync(
            context.Visitor().Tenant!.Id, filter, PageSize, Id(page.After), Id(page.Before), context.RequestAborted);
        var (hasNewer, hasOlder) = page.Before is null ? (page.After is not null, hasMore) : (hasMore, true);
        return new(messages, hasNewer, hasOlder);
    }

    static List<string> Words(HttpContext context, MessageQuery query)
    {
        var frame = Frames.Of(context);
        return [.. query.Faults.Select(fault => frame.T(fault.Text, fault.Argument))];
    }

    static MessageId? Id(Guid? id) => id is { } value ? new MessageId(value) : null;
}
