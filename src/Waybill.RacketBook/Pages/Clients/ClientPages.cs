using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Waybill.Books;
using Waybill.Mime.Addresses;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Tenancy;
using Waybill.Screens.Framing;

namespace Waybill.RacketBook.Pages.Clients;

/// <summary>The pages of clients.</summary>
static class ClientPages
{
    const int OnAPage = 50;

    internal static void MapClients(this IEndpointRouteBuilder book)
    {
        book.MapGet("/clients", ListAsync);
        book.MapGet("/clients/new", (Delegate)ShowNew).ForWork();
        book.MapPost("/clients/new", CreateAsync);
        book.MapGet("/clients/{id:guid}", ShowAsync);
        book.MapPost("/clients/{id:guid}", ChangeAsync);
        book.MapPost("/clients/{id:guid}/remove", RemoveAsync);
    }

    static async Task<IResult> ListAsync(HttpContext context, StringerScope scope, ClientDesk desk)
    {
        var (words, isNeverMailed) = (context.Request.Query["q"].ToString(), context.Request.Query["never_mailed"] == "true");
        Guid? after = Guid.TryParse(context.Request.Query["after"], out var last) ? last : null;
        var found = await desk.ListAsync(scope, new(after, words, isNeverMailed), OnAPage + 1, context.RequestAborted);
        return BookAnswers.Page<ClientsPage>(
            context,
            new { Items = found.Take(OnAPage).ToList(), Words = words, IsNeverMailed = isNeverMailed, HasMore = found.Count > OnAPage });
    }

    static IResult ShowNew(HttpContext context) => NewPage(context, Typed.Of(), []);

    static async Task<IResult> CreateAsync(HttpContext context, StringerScope scope, ClientDesk desk)
    {
        var typed = await Typed.ReadAsync(context);
        var fields = typed.Fields();
        var client = ClientReader.ReadNew(fields);
        if (fields.Faults.Count > 0) return NewPage(context, typed, context.Told(fields.Faults));
        return await desk.CreateAsync(scope, client, context.RequestAborted) switch
        {
            Saving<Client>.Done(var made) => BookAnswers.SeeOther(context, $"/clients/{made.Id:D}", context.Say("saved")),
            Saving<Client>.Refused(var faults, _) => NewPage(context, typed, context.Told(faults)),
            _ => BookAnswers.Missing(context),
        };
    }

    static async Task<IResult> ShowAsync(Guid id, HttpContext context, StringerScope scope, ClientDesk desk, OrderList orders) =>
        await desk.FindAsync(scope, id, context.RequestAborted) is { IsRemoved: false } client
            ? await PageAsync(context, scope, orders, client, Of(client), [])
            : BookAnswers.Missing(context);

    static async Task<IResult> ChangeAsync(Guid id, HttpContext context, StringerScope scope, ClientDesk desk, OrderList orders)
    {
        if (await desk.FindAsync(scope, id, context.RequestAborted) is not { IsRemoved: false } client) return BookAnswers.Missing(context);
        var typed = await Typed.ReadAsync(context);
        var fields = typed.Fields();
        _ = ClientReader.ReadNew(fields); // a client keeps a name
        var change = ClientReader.ReadChange(typed.Fields());
        if (fields.Faults.Count > 0) return await PageAsync(context, scope, orders, client, typed, context.Told(fields.Faults));
        return await desk.ChangeAsync(scope, id, typed.Version, change, context.RequestAborted) switch
        {
            Saving<Client>.Done => BookAnswers.SeeOther(context, $"/clients/{id:D}", context.Say("saved")),
            Saving<Client>.Stale =>
                await PageAsync(context, scope, orders, client, typed.With("version", Of(client)["version"]), [], isStale: true),
            Saving<Client>.Refused(var faults, _) => await PageAsync(context, scope, orders, client, typed, context.Told(faults)),
            _ => BookAnswers.Missing(context),
        };
    }

    static async Task<IResult> RemoveAsync(Guid id, HttpContext context, StringerScope scope, ClientDesk desk) =>
        await desk.RemoveAsync(scope, id, context.RequestAborted) switch
        {
            Saving<Client>.Done(var client) => BookAnswers.SeeOther(context, "/clients", context.Say("client.removed", client.Person.Name)),
            Saving<Client>.Refused(var faults, _) => BookAnswers.SeeOther(context, $"/clients/{id:D}", context.Told(faults)[0].Text, Tone.Bad),
            _ => BookAnswers.Missing(context),
        };

    static IResult NewPage(HttpContext context, Typed typed, IReadOnlyList<Fault> faults) =>
        BookAnswers.Page<ClientPage>(context, new { Typed = typed, Faults = faults }, faults.Count > 0 ? 422 : 200);

    static async Task<IResult> PageAsync(
        HttpContext context, StringerScope scope, OrderList orders, Client client, Typed typed, IReadOnlyList<Fault> faults,
        bool isStale = false) => BookAnswers.Page<ClientPage>(
        context,
        new
        {
            Client = client,
            Typed = typed,
            Orders = await orders.ListAsync(scope, new(Client: client.Id), OnAPage, context.RequestAborted),
            Faults = faults,
            Warning = client.Person.Email is { } email && !Address.TryParse(email, out _, out var why) ? why : null,
            IsStale = isStale,
        },
        isStale ? 409 : faults.Count > 0 ? 422 : 200);

    static Typed Of(Client client) => Typed.Of(
        ("first_name", client.Person.FirstName), ("last_name", client.Person.LastName), ("email", client.Person.Email),
        ("locale", client.Person.Locale), ("nickname", client.Nickname), ("internal_notes", client.InternalNotes),
        ("tension_memo", client.TensionMemo), ("version", client.Version.ToString(CultureInfo.InvariantCulture)));
}
