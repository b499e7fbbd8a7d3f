using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine.Bus;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Duties;
using Waybill.Engine.Routing;

namespace Waybill.Books;

/// <summary>
/// What is wrong with the books that are on: each sentence names the book and the part. The start is refused with all of them.
/// </summary>
public static class BookCheck
{
    const int ShortestName = 2;
    const int LongestName = 32;

    /// <summary>First parts of paths that are the server's own.</summary>
    static readonly string[] OwnPaths =
        ["admin", "api-keys", "assets", "control", "emails", "events", "healthz", "logs", "metrics", "readyz", "suppressions", "templates",
            "unsubscribe", "v1"];

    /// <summary>What the declarations themselves show.</summary>
    /// <param name="books">The books that are on.</param>
    /// <param name="ownVerbs">The names of the server's own verbs.</param>
    /// <param name="ownSettings">The names of the server's own settings.</param>
    public static IReadOnlyList<string> Find(IReadOnlyList<Book> books, IEnumerable<string> ownVerbs, IEnumerable<string> ownSettings) =>
    [
        .. books.SelectMany(NameAndPaths),
        .. Repeated("book", books, book => [book.Name], []),
        .. Repeated("stream", books, book => book.Streams.Select(stream => stream.Name), Streams.All.Select(stream => stream.Name)),
        .. Repeated(
            "template", books, book => book.Templates.Select(template => template.Alias),
            ShippedTemplates.OfEngine.Select(template => template.Alias)),
        .. Repeated("event type", books, book => book.EventTypes.Select(type => type.Name), []),
        .. Repeated("alert kind", books, book => book.AlertKinds.Select(kind => kind.Name), []),
        .. Repeated("webhook scheme", books, book => book.WebhookSchemes.Select(scheme => scheme.Name), []),
        .. Repeated("received source", books, book => book.ReceivedSources.Select(source => source.Name), []),
        .. Repeated(
            "section of settings", books, book => book.Settings is { } settings ? [settings.Section] : [],
            ownSettings.Select(name => name.Split(':')[0])),
        .. Repeated("verb", books, book => book.Verbs.Select(verb => verb.Name), ownVerbs),
        .. books.SelectMany(book => book.Verbs.Where(verb => ownVerbs.Any(own => Overlap(own, verb.Name))).Select(verb =>
            $"The book {book.Name} brings the verb '{verb.Name}', but 'waybill {verb.Name.Split(' ')[0]}' is the server's own.")),
        .. books.SelectMany(Strays),
    ];

    /// <summary>What only the container shows: handlers and duties.</summary>
    public static IReadOnlyList<string> Find(IReadOnlyList<Book> books, IServiceProvider services)
    {
        IReadOnlyList<string> unmade =
        [
            .. books.SelectMany(book => book.Duties.Select(make => Unmade(book, "duty", make, services)).OfType<string>()),
            .. books.SelectMany(book => book.Subscriptions.Select(make => Unmade(book, "subscription", make, services)).OfType<string>()),
        ];
        if (unmade.Count > 0) return unmade;
        var duties = services.GetServices<Duty>().Select(duty => duty.Name).ToList();
        var handlers = services.GetServices<Subscription>().Select(one => one.Name).ToList();
        return
        [
            .. books.SelectMany(book => book.Duties.Select(make => make(services)).SelectMany(duty => (string[])
            [
                .. Foreign(book, "duty", [duty.Name]),
                .. duty.Objection is { } objection
                    ? [$"The book {book.Name} brings a duty that cannot be run: {objection}"]
                    : Array.Empty<string>(),
                .. duties.Count(name => name == duty.Name) > 1 ? [Twice(book, "duty", duty.Name)] : Array.Empty<string>(),
            ])),
            .. books.SelectMany(book => book.Subscriptions.Select(make => make(services)).SelectMany(one => (string[])
            [
                .. Foreign(book, "subscription", [one.Name]),
                .. handlers.Count(name => name == one.Name) > 1 ? [Twice(book, "subscription", one.Name)] : Array.Empty<string>(),
            ])),
        ];
    }

    /// <summary>Whatever a book throws here, often that a service of its own is not registered: the start says whose it is.</summary>
    static string? Unmade<T>(Book book, string what, Func<IServiceProvider, T> make, IServiceProvider services)
    {
        try
        {
            make(services);
            return null;
        }
        catch (Exception thrown)
        {
            return $"The book {book.Name} brings a {what} that cannot be made: {thrown.Message}";
        }
    }

    /// <summary>What only the routes show.</summary>
    /// <param name="endpoints">All routes of the server; those of a book have the book for metadata.</param>
    public static IReadOnlyList<string> Find(IReadOnlyList<Endpoint> endpoints)
    {
        var routes = endpoints.OfType<RouteEndpoint>().ToList();
        var taken = routes.SelectMany(Descriptions).GroupBy(one => one, StringComparer.OrdinalIgnoreCase).Where(one => one.Skip(1).Any())
            .Select(one => one.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [
            .. routes.SelectMany(route => route.Metadata.GetMetadata<Book>() is { } book ? Find(book, route, taken) : [])
                .Distinct(StringComparer.Ordinal)];
    }

    static IEnumerable<string> Find(Book book, RouteEndpoint route, HashSet<string> taken)
    {
        var path = PathOf(route);
        if (!Grounds(book).Any(ground => path.StartsWithSegments(ground, StringComparison.OrdinalIgnoreCase)))
            yield return $"The book {book.Name} maps the route {path}, which is outside of its paths: {string.Join(", ", Grounds(book))}.";
        if (route.Metadata.GetMetadata<BookAccess>() is not { } access)
            yield return $"The book {book.Name} maps the route {path} without saying who reaches it: call ForApi, ForPeople or ForAnyone.";
        else if (access is BookAccess.Page && !path.StartsWithSegments("/" + book.Name, StringComparison.OrdinalIgnoreCase))
            yield return $"The book {book.Name} maps the page {path}; its pages lie below /{book.Name}.";
        foreach (var one in Descriptions(route).Where(taken.Contains))
            yield return $"The book {book.Name} maps the route {one}, which exists already.";
    }

    /// <summary>The paths that a book's routes lie below.</summary>
    public static IEnumerable<string> Grounds(Book book) => ["/" + book.Name, .. book.Roots];

    static IEnumerable<string> Descriptions(RouteEndpoint route) =>
        (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => $"{method} {PathOf(route)}");

    static PathString PathOf(RouteEndpoint route) => "/" + route.RoutePattern.RawText!.Trim('/');

    static IEnumerable<string> NameAndPaths(Book book)
    {
        if (book.Name.Length is < ShortestName or > LongestName || !book.Name.All(char.IsAsciiLetterLower))
            yield return $"A book is called '{book.Name}'; its name must be {ShortestName} to {LongestName} lower-case letters.";
        if (OwnPaths.Contains(book.Name)) yield return $"A book is called '{book.Name}', but /{book.Name} is the server's own path.";
        foreach (var root in book.Roots.Where(root => !IsPath(root) || OwnPaths.Contains(root[1..]) || root == "/"))
            yield return $"The book {book.Name} asks for the path '{root}', which must be a path like /webhooks/{book.Name} and none of "
                + $"the server's own.";
        if (book.Home is { } home
            && !Grounds(book).Any(ground => new PathString(home).StartsWithSegments(ground, StringComparison.OrdinalIgnoreCase)))
            yield return $"The book {book.Name} begins on {home}, which is outside of its paths.";
        foreach (var alias in book.AccountTemplates.Where(alias => book.Templates.All(template => template.Alias != alias)))
            yield return $"The book {book.Name} names the account template '{alias}', which is none of its templates.";
        foreach (var file in ((string?[])[book.Stylesheet, book.Script]).Where(file => file is not null && !BookAssets.Has(book, file)))
            yield return $"The book {book.Name} names the file '{file}', which is not embedded in its assembly as wwwroot/{file}.";
        foreach (var origin in book.Origins.PostTo.Concat(book.Origins.ConnectTo).Concat(book.Origins.PicturesFrom)
            .Where(origin => !IsOrigin(origin)))
            yield return $"The book {book.Name} names the origin '{origin}', which must be a scheme and a host, e.g. "
                + $"https://pay.example.com.";
    }

    static bool IsPath(string path) =>
        path is ['/', not '/', ..] && path[^1] != '/'
            && path.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '/' or '-');

    static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            && url.GetLeftPart(UriPartial.Authority) == origin;

    static IEnumerable<string> Strays(Book book) =>
    [
        .. Foreign(book, "stream", book.Streams.Select(stream => stream.Name)),
        .. Foreign(book, "template", book.Templates.Select(template => template.Alias)),
        .. Foreign(book, "alert kind", book.AlertKinds.Select(kind => kind.Name)),
        .. Foreign(book, "webhook scheme", book.WebhookSchemes.Select(scheme => scheme.Name)),
        .. Foreign(book, "received source", book.ReceivedSources.Select(source => source.Name)),
    ];

    static IEnumerable<string> Foreign(Book book, string what, IEnumerable<string> names) => names
        .Where(name => !name.StartsWith(book.Name + ".", StringComparison.Ordinal))
        .Select(name => $"The book {book.Name} brings the {what} '{name}', which must begin with '{book.Name}.'.");

    static IEnumerable<string> Repeated(
        string what, IReadOnlyList<Book> books, Func<Book, IEnumerable<string>> names, IEnumerable<string> own)
    {
        var seen = own.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var book in books)
            foreach (var name in names(book))
                if (!seen.Add(name)) yield return Twice(book, what, name);
    }

    static string Twice(Book book, string what, string name) => $"The book {book.Name} brings the {what} '{name}', which exists already.";

    /// <summary>A verb of one word is no group, and of two words never one of one.</summary>
    static bool Overlap(string own, string verb) => own != verb && own.Split(' ')[0] == verb.Split(' ')[0];
}
