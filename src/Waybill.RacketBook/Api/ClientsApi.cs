using Microsoft.AspNetCore.Http;
using Waybill.Books;
using Waybill.Mime.Addresses;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Faults;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Api;

/// <summary><c>/racketbook/v1/clients</c>.</summary>
static class ClientsApi
{
    internal static async Task<IResult> CreateAsync(HttpContext context, StringerScope scope, ClientDesk desk)
    {
        var (fields, problem) = await BookBody.ReadAsync(context);
        if (problem is not null) return problem;
        var client = ClientReader.ReadNew(fields);
        return fields.Judged().Count > 0 ? Answers.Refuse(fields.Judged()) : Answer(context, await desk.CreateAsync(scope, client, context.RequestAborted), 201);
    }

    internal static async Task<IResult> ListAsync(HttpContext context, StringerScope scope, ClientDesk desk)
    {
        var (page, fault) = Page.Read(context.Request);
        if (fault is not null) return Answers.Refuse([fault]);
        if (Answers.Odd(context.Request, "never_mailed", "true", "false") is { } odd) return odd;
        var filter = new ClientFilter(page.After, context.Request.Query["q"], context.Request.Query["never_mailed"] == "true");
        var found = await desk.ListAsync(scope, filter, page.Limit + 1, context.RequestAborted);
        return Results.Json(
            new ListAnswer<ClientAnswer>([.. found.Take(page.Limit).Select(Shape)], found.Count > page.Limit), BookJson.Readable.ListAnswerClientAnswer);
    }

    internal static async Task<IResult> GetAsync(Guid id, HttpContext context, StringerScope scope, ClientDesk desk) =>
        await desk.FindAsync(scope, id, context.RequestAborted) is { IsRemoved: false } client ? Answer(context, new Saving<Client>.Done(client)) : BookProblem.NotFound("Client");

    internal static async Task<IResult> ChangeAsync(Guid id, HttpContext context, StringerScope scope, ClientDesk desk)
    {
        var (fields, problem) = await BookBody.ReadAsync(context);
        if (problem is not null) return problem;
        var change = ClientReader.ReadChange(fields);
        return fields.Judged().Count > 0
            ? Answers.Refuse(fields.Judged())
            : Answer(context, await desk.ChangeAsync(scope, id, Answers.Expected(context), change, context.RequestAborted));
    }

    internal static async Task<IResult> RemoveAsync(Guid id, HttpContext context, StringerScope scope, ClientDesk desk) =>
        Answers.Of(context, await desk.RemoveAsync(scope, id, context.RequestAborted), "Client", client => (Results.NoContent(), client.Version));

    static IResult Answer(HttpContext context, Saving<Client> saving, int status = 200) =>
        Answers.Of(context, saving, "Client", client => (Results.Json(Shape(client), BookJson.Readable.ClientAnswer, statusCode: status), client.Version));

    /// <summary>An address that is none is kept and never in the way of a racket; who typed it is told.</summary>
    static ClientAnswer Shape(Client client) => new(client)
    {
        Warning = client.Person.Email is { } email && !Address.TryParse(email, out _, out var why) ? $"The email is no address, so no receipt reaches it: {why}" : null,
    };
}
