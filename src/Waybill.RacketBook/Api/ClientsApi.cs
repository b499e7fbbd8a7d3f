using Microsoft.AspNetCore.Http;
using Waybill.Books;
using Waybill.Books.Answering;
using Waybill.Mime.Addresses;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Api;

/// <summary><c>/racketbook/v1/clients</c>.</summary>
static class ClientsApi
{
    internal static Task<IResult> CreateAsync(HttpContext context, StringerScope scope, ClientDesk desk) => Answers.Api.ReadAsync(
        context, ClientReader.ReadNew, async client => Answer(context, await desk.CreateAsync(scope, client, context.RequestAborted), 201));

    internal static async Task<IResult> ListAsync(HttpContext context, StringerScope scope, ClientDesk desk)
    {
        var query = context.Request.Query;
        return Answers.Api.Odd(context.Request, "never_mailed", "true", "false") ?? await Answers.Api.ListAsync(
            context,
            (
                page,
                most) => desk.ListAsync(scope, new(page.After, query["q"], query["never_mailed"] == "true"), most, context.RequestAborted),
            Shape);
    }

    internal static async Task<IResult> GetAsync(Guid id, HttpContext context, StringerScope scope, ClientDesk desk) =>
        await desk.FindAsync(scope, id, context.RequestAborted) is { IsRemoved: false } client
            ? Answers.Api.Json(context, Shape(client), client.Version)
            : BookProblem.NotFound("Client");

    internal static Task<IResult> ChangeAsync(Guid id, HttpContext context, StringerScope scope, ClientDesk desk) => Answers.Api.ReadAsync(
        context, ClientReader.ReadChange,
        async change => Answer(context, await desk.ChangeAsync(scope, id, ApiAnswers.Expected(context), change, context.RequestAborted)));

    internal static async Task<IResult> RemoveAsync(Guid id, HttpContext context, StringerScope scope, ClientDesk desk) =>
        Answers.Api.Of(
            context, await desk.RemoveAsync(scope, id, context.RequestAborted), "Client", client => client.Version,
            _ => Results.NoContent());

    static IResult Answer(HttpContext context, Saving<Client> saving, int status = 200) =>
        Answers.Api.Of(context, saving, "Client", client => client.Version, client => Answers.Api.Json(Shape(client), status));

    /// <summary>An address that is none is kept and never in the way of a racket; who typed it is told.</summary>
    static ClientAnswer Shape(Client client) => new(client)
    {
        Warning = client.Person.Email is { } email && !Address.TryParse(email, out _, out var why)
            ? $"The email is no address, so no receipt reaches it: {why}"
            : null,
    };
}
