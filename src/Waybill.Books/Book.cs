using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Books.Verbs;
using Waybill.Engine.Bus;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Duties;
using Waybill.Engine.Events;
using Waybill.Engine.Routing;
using Waybill.Engine.Tenancy;

namespace Waybill.Books;

/// <summary>
/// What a book brings. Only the name is required. The setting Modules chooses the books that are on; the server registers nothing of one
/// that is off. The start checks every part and names the book and the part that is wrong. docs/books.md explains it with a sample.
/// </summary>
public sealed record Book
{
    /// <summary>The book's name in settings, routes and tables, e.g. <c>visits</c>: 2 to 32 lower-case letters.</summary>
    public required string Name { get; init; }

    /// <summary>The book's name in the navigation.</summary>
    public string Title { get; init; } = "";

    /// <summary>The default policies of its streams. Each name begins with the book's name and a dot.</summary>
    public IReadOnlyList<StreamPolicy> Streams { get; init; } = [];

    /// <summary>The assembly with its schema scripts, embedded as <c>Storage/Schema/NNNN-name.sql</c>; null: no tables.</summary>
    public Assembly? Schema { get; init; }

    /// <summary>Its built-in templates. Each alias begins with the book's name and a dot.</summary>
    public IReadOnlyList<ShippedTemplate> Templates { get; init; } = [];

    /// <summary>The aliases of those templates whose mails make or open accounts. No tenant can change them (ADR 17).</summary>
    public IReadOnlyList<string> AccountTemplates { get; init; } = [];

    /// <summary>Its event types with secret values.</summary>
    public IReadOnlyList<EventType> EventTypes { get; init; } = [];

    /// <summary>Its handlers of events. Each name begins with the book's name and a dot.</summary>
    public IReadOnlyList<Func<IServiceProvider, Subscription>> Subscriptions { get; init; } = [];

    /// <summary>The kinds of its alerts. This version checks them and lists them in <c>waybill books</c>; it raises no alert yet.</summary>
    public IReadOnlyList<AlertKind> AlertKinds { get; init; } = [];

    /// <summary>Its ways to sign webhooks. Checked and listed; no webhook is sent yet.</summary>
    public IReadOnlyList<WebhookScheme> WebhookSchemes { get; init; } = [];

    /// <summary>The services that it receives webhooks from. Checked and listed; none is received yet.</summary>
    public IReadOnlyList<ReceivedSource> ReceivedSources { get; init; } = [];

    /// <summary>Its work on a timer. Each name begins with the book's name and a dot.</summary>
    public IReadOnlyList<Func<IServiceProvider, Duty>> Duties { get; init; } = [];

    /// <summary>Its settings; null: none.</summary>
    public BookSettings? Settings { get; init; }

    /// <summary>Its verbs of the command line.</summary>
    public IReadOnlyList<Verb> Verbs { get; init; } = [];

    /// <summary>Adds its classes to the container.</summary>
    public Action<IServiceCollection> AddServices { get; init; } = _ => { };

    /// <summary>
    /// Maps its routes, all below <c>/{name}</c> or one of <see cref="Roots"/>. Each says who reaches it: see <see cref="BookAccess"/>.
    /// </summary>
    public Action<IEndpointRouteBuilder> Map { get; init; } = _ => { };

    /// <summary>Further paths that its API routes may lie below, e.g. <c>/webhooks/stripe</c>.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>Writes an error of its API, also where a gate of the server refuses the request; null: an RFC 9457 problem.</summary>
    public Func<BookProblem, IResult>? ErrorShape { get; init; }

    /// <summary>The first page of its people, e.g. <c>/visits</c>; null: it has no pages.</summary>
    public string? Home { get; init; }

    /// <summary>Whether a tenant uses this book. Its people begin on <see cref="Home"/> then.</summary>
    public Func<IServiceProvider, TenantId, CancellationToken, ValueTask<bool>> HasAsync { get; init; } = (
        _, _, _) => ValueTask.FromResult(false);

    /// <summary>The assembly with its stylesheets, scripts and pictures, embedded as <c>wwwroot/…</c>; null: none.</summary>
    public Assembly? Assets { get; init; }

    /// <summary>Its stylesheet, a path below <c>wwwroot</c>; its pages link it after Waybill's own.</summary>
    public string? Stylesheet { get; init; }

    /// <summary>Its script, an ES module below <c>wwwroot</c>; its pages load it after Waybill's own.</summary>
    public string? Script { get; init; }

    /// <summary>The other sites that its pages may reach.</summary>
    public BookOrigins Origins { get; init; } = new();

    /// <summary>Makes its demo data at the start, where the setting Demo asks for it.</summary>
    public Func<IServiceProvider, CancellationToken, Task> SeedDemoAsync { get; init; } = (_, _) => Task.CompletedTask;
}

/// <summary>A kind of alert.</summary>
/// <param name="Name">Begins with the book's name and a dot, e.g. <c>visits.nobody_answers</c>.</param>
/// <param name="Severity">How soon somebody has to look.</param>
public sealed record AlertKind(string Name, AlertSeverity Severity);

/// <summary>How soon somebody has to look at an alert.</summary>
public enum AlertSeverity
{
    /// <summary>When there is time.</summary>
    Notice,

    /// <summary>Today.</summary>
    Warning,

    /// <summary>Now.</summary>
    Critical,
}

/// <summary>A way to sign a webhook.</summary>
/// <param name="Name">Begins with the book's name and a dot.</param>
public sealed record WebhookScheme(string Name);

/// <summary>A service that a book receives webhooks from.</summary>
/// <param name="Name">Begins with the book's name and a dot.</param>
public sealed record ReceivedSource(string Name);

/// <summary>
/// Other sites that a book's pages may reach, each as scheme and host, e.g. <c>https://checkout.stripe.com</c>. They go into the content
/// security policy of that book's pages and of no others.
/// </summary>
public sealed record BookOrigins
{
    /// <summary>Forms may post, or be redirected, to these.</summary>
    public IReadOnlyList<string> PostTo { get; init; } = [];

    /// <summary>Scripts may fetch from these.</summary>
    public IReadOnlyList<string> ConnectTo { get; init; } = [];

    /// <summary>Pictures may come from these.</summary>
    public IReadOnlyList<string> PicturesFrom { get; init; } = [];
}
