using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Waybill.RacketBook.Demo;
using Waybill.RacketBook.Notices;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;
using Waybill.Screens.Framing;

namespace Waybill.RacketBook.Pages.Start;

/// <summary>The first page of a book, and the one of who has none.</summary>
static class StartPages
{
    const int MostInQueue = 100;
    const int MostElsewhere = 20;

    internal static void MapDesk(this IEndpointRouteBuilder book)
    {
        book.MapGet("", ShowAsync);
        book.MapPost("/notices/read", ReadAsync);
        book.MapPost("/demo/remove", RemoveDemoAsync);
    }

    internal static void MapStart(this IEndpointRouteBuilder pages) => pages.MapPost("/open", OpenAsync);

    /// <summary>Says why there is no book to be seen.</summary>
    internal static async Task<IResult> NoBookAsync(HttpContext context, StringerAccess access, string why)
    {
        var all = access.IsAdmin ? await context.RequestServices.GetRequiredService<StringerDesk>().ListAsync(context.RequestAborted) : [];
        var mayOpen = why == "no_book" && access.Visitor is { IsOperator: true, Email: not null };
        return BookAnswers.Page<NoBookPage>(
            context, new { Why = why, MayOpen = mayOpen, Demo = all.Find(one => one.IsDemo) }, mayOpen ? 200 : 403);
    }

    static async Task<IResult> ShowAsync(
        HttpContext context, StringerScope scope, StringerAccess access, OrderList orders, NoticeBoard board)
    {
        Task<List<OrderParts>> ListAsync(OrderState state, int most) =>
            orders.ListAsync(scope, new(State: state), most, context.RequestAborted);
        var queue = await ListAsync(OrderState.Ordered, MostInQueue);
        queue.Reverse(); // first come, first served
        return BookAnswers.Page<DeskPage>(context, new
        {
            Queue = queue,
            Strung = await ListAsync(OrderState.Strung, MostElsewhere),
            Waiting = (IReadOnlyList<OrderParts>)[.. await ListAsync(OrderState.Returned, MostElsewhere),
                .. await ListAsync(OrderState.Paid, MostElsewhere)],
            Notices = await board.ListAsync(scope, access, isUnreadOnly: true, MostElsewhere, context.RequestAborted),
        });
    }

    static async Task<IResult> ReadAsync(HttpContext context, StringerScope scope, StringerAccess access, NoticeBoard board)
    {
        await board.ReadAsync(scope, access, id: null, context.RequestAborted);
        return BookAnswers.SeeOther(context, "");
    }

    /// <summary>Who runs the instance gets a book of their own; whoever else has to be invited.</summary>
    static async Task<IResult> OpenAsync(HttpContext context, StringerAccess access, StringerDesk desk)
    {
        if (access.Own is not null) return BookAnswers.SeeOther(context, "");
        if (access.Visitor is not { IsOperator: true, Email: { } email }) return await NoBookAsync(context, access, "no_book");
        var wanted = new Stringer
        {
            Id = default,
            Email = email,
            Locale = access.Visitor.Locale,
            DisplayName = access.Visitor.Who.Name,
            IsAdmin = true,
            Status = StringerStatus.Active
        };
        if (await desk.MakeAsync(access.Visitor.Who, wanted, context.RequestAborted) is Saving<Stringer>.Done(var stringer))
            await desk.SpeakForAsync(stringer, context.RequestAborted);
        return BookAnswers.SeeOther(context, "/settings", context.Say("no-book.opened"));
    }

    static async Task<IResult> RemoveDemoAsync(HttpContext context, BookScene scene, DemoBook demo)
    {
        if (!scene.IsAdmin || scene.Stringer is not { IsDemo: true } stringer) return BookAnswers.Missing(context);
        await demo.RemoveAsync(stringer.Id, context.RequestAborted);
        context.Features.Set(scene with { Stringer = null, IsElsewhere = false });
        return BookAnswers.SeeOther(context, "/stringers", context.Say("demo.removed"), Tone.Good);
    }
}
