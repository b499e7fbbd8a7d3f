using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Books;
using Waybill.Books.Verbs;
using Waybill.Engine.Accepting;
using Waybill.Engine.Bus;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Composing;
using Waybill.Engine.Duties;
using Waybill.Engine.Keys;
using Waybill.Engine.Messages;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;
using Waybill.Screens.Framing;

namespace Waybill.Samples.Visits;

/// <summary>A book for a reception: somebody arrives, and their host gets a mail.</summary>
public static class VisitsBook
{
    /// <summary>The book.</summary>
    public static Book Book { get; } = new()
    {
        Name = "visits",
        Title = "Visits",
        Schema = typeof(VisitsBook).Assembly,                                  // a table
        Streams = [new StreamPolicy { Name = "visits.hosts" }],                // how its mails are delivered
        Templates = ShippedTemplates.Read(typeof(VisitsBook).Assembly, "Mails/"),
        Settings = BookSettings.Of<VisitSettings>("Visits"),
        AddServices = services => services.AddSingleton<Reception>(),
        Duties = [services => services.GetRequiredService<Reception>().Forgetting],
        Verbs = [new("visits count", "Says how many visits are kept.", async (call, stop) =>
            VerbAnswer.Say([$"{await call.Services.GetRequiredService<Reception>().CountAsync(stop)} visits"]))],
        Home = "/visits",
        Map = routes =>
        {
            routes.MapGet("/visits", ShowAsync).ForPeople();                           // a page
            routes.MapPost("/visits", FillInAsync).ForPeople();                        // its form
            routes.MapPost("/visits/v1/visits", ArriveAsync).ForApi(Scope.Books);      // for a key, or a person who is signed in
            routes.MapGet("/visits/v1/count", CountAsync).ForAnyone(perMinute: 30);    // for anyone, scripts of other sites too
        },
    };

    static Task<IResult> ShowAsync(HttpContext context, Reception reception, BookHost host) =>
        PageAsync(context, reception, host, new(null, null), null);

    static async Task<IResult> FillInAsync(HttpContext context, Reception reception, BookHost host)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var arrival = new Arrival(form["visitor"], form["host"]);
        return await ReceiveAsync(context, reception, arrival) is (_, { } problem)
            ? await PageAsync(context, reception, host, arrival, problem)
            : host.SeeOther(context, "/visits", null);
    }

    static async Task<IResult> PageAsync(HttpContext context, Reception reception, BookHost host, Arrival typed, BookProblem? problem)
    {
        var visits = await reception.ListAsync(await TenantOfAsync(context), context.RequestAborted);
        Fault[] faults = problem is null ? [] : [new("", problem.Detail)];
        return host.Render(context, BookPage.Of<VisitsPage>(
            new { Visits = visits, Typed = typed, Faults = faults }, [new(null, [new("Visits", "/visits")])], problem?.Status ?? 200));
    }

    static async Task<IResult> ArriveAsync(Arrival arrival, HttpContext context, Reception reception)
    {
        var (id, problem) = await ReceiveAsync(context, reception, arrival);
        return problem is null ? Results.Json(new { id }, statusCode: 201) : problem;
    }

    static async Task<(Guid? Id, BookProblem? Problem)> ReceiveAsync(HttpContext context, Reception reception, Arrival arrival)
    {
        var (visitor, tenant) = (BookVisitor.Of(context), await TenantOfAsync(context));
        if (!visitor.WorksIn(tenant) && !visitor.IsOperator) return (null, new(403, "forbidden", "You may only read here."));
        if (string.IsNullOrWhiteSpace(arrival.Visitor)) return (null, new(422, "validation_error", "The field `visitor` is empty."));
        if (!Mailbox.TryParse(arrival.Host ?? "", out var host, out var wrong))
            return (null, new(422, "validation_error", $"The field `host`: {wrong}"));
        return await reception.ReceiveAsync(tenant, arrival.Visitor, host, context.RequestAborted) is { } id
            ? (id, null)
            : (null, new(409, "conflict", "The template visits.arrived cannot be used."));
    }

    static async Task<IResult> CountAsync(HttpContext context, Reception reception) =>
        Results.Json(new { count = await reception.CountAsync(context.RequestAborted) });

    /// <summary>The visitor's tenant. A person who runs the instance may belong to none: they see the first one.</summary>
    static async Task<TenantId> TenantOfAsync(HttpContext context)
    {
        var visitor = BookVisitor.Of(context);
        if (visitor.Tenants.Any() || !visitor.IsOperator) return visitor.Tenants.FirstOrDefault();
        return (await context.RequestServices.GetRequiredService<Tenants>().FindAsync(Tenants.First, context.RequestAborted))!.Id;
    }
}

/// <summary>The settings of the book.</summary>
public sealed record VisitSettings
{
    /// <summary><c>Visits:KeepDays</c>: after this many days a visit is forgotten.</summary>
    [Range(1, 3650, ErrorMessage = "it must be a whole number from 1 to 3650.")]
    public int KeepDays { get; init; } = 30;
}

/// <summary>What the API takes.</summary>
public sealed record Arrival(string? Visitor, string? Host);

/// <summary>A row of the table.</summary>
public sealed record Visit(string Visitor, string Host, DateTimeOffset ArrivedAt);

/// <summary>The event.</summary>
[EventName("visits.arrived")]
public sealed record VisitorArrived(string Visitor, string Host);

/// <summary>Keeps the visits.</summary>
public sealed class Reception(IDatabase database, Units units, MailWriter mails, VisitSettings settings, TimeProvider clock)
{
    /// <summary>The work on a timer: on one node at a time.</summary>
    public Duty Forgetting => new("visits.forgetting", TimeSpan.FromHours(1), ForgetAsync, UnderTerm: true);

    /// <summary>Row, event and mail are one transaction. Null: the mail cannot be written.</summary>
    public async Task<Guid?> ReceiveAsync(TenantId tenant, string visitor, Mailbox host, CancellationToken cancellationToken)
    {
        var (id, now) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow());
        var mail = new TemplatedMail
        {
            Template = "visits.arrived",
            Stream = "visits.hosts",
            Recipients = [new Recipient(0, RecipientKind.To, host)],
            Data = JsonSerializer.SerializeToElement(new { visitor }),
        };
        if (await mails.WriteAsync(tenant, mail, cancellationToken) is not Writing.Written(var message)) return null;
        await units.RunAsync("receive visitor", async unit =>
        {
            await unit.Session.ExecuteAsync(
                "INSERT INTO visits_visits (id, tenant_id, visitor, host, arrived_at) VALUES ($1, $2, $3, $4, $5)",
                p => p.Id(id).Id(tenant.Value).Text(visitor).Text(host.Address.ToString()).Instant(now), CancellationToken.None);
            unit.Publish(tenant, new VisitorArrived(visitor, host.Address.ToString()));
            unit.Post(tenant, message);
        }, cancellationToken);
        return id;
    }

    /// <summary>The newest hundred of a tenant.</summary>
    public Task<List<Visit>> ListAsync(TenantId tenant, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync(
            "SELECT visitor, host, arrived_at FROM visits_visits WHERE tenant_id = $1 ORDER BY arrived_at DESC LIMIT 100",
            p => p.Id(tenant.Value), row => new Visit(row.Text(0), row.Text(1), row.Instant(2)), cancellationToken),
        cancellationToken);

    /// <summary>How many visits are kept.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync("SELECT count(*) FROM visits_visits", _ => { }, row => row.Number(0), cancellationToken),
        cancellationToken);

    Task<int> ForgetAsync(IDatabase underTerm, CancellationToken cancellationToken) => underTerm.WriteAsync(
        "forget visits",
        session => session.ExecuteAsync(
            "DELETE FROM visits_visits WHERE arrived_at < $1", p => p.Instant(clock.GetUtcNow().AddDays(-settings.KeepDays)),
            cancellationToken),
        cancellationToken);
}
