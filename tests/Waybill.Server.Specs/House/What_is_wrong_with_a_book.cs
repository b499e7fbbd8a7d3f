using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Books;
using Waybill.Books.Verbs;
using Waybill.Engine.Duties;
using Waybill.Engine.Routing;
using Waybill.Server.Commands;
using Waybill.Server.Configuration;

namespace Waybill.Server.Specs.House;

/// <summary>What a start says of books that cannot be run together.</summary>
public class What_is_wrong_with_a_book
{
    static readonly Book Shop = new() { Name = "shop" };

    static readonly Verb Nothing = new("keys list", "Nothing.", (_, _) => Task.FromResult(VerbAnswer.Note("")));

    [Fact]
    public void Nothing_where_nothing_is() => Assert.Empty(Find([Shop, .. Hosting.Books.All]));

    [Fact]
    public void A_name_that_is_none() =>
        Assert.Contains("A book is called 'Shop 1'; its name must be 2 to 32 lower-case letters.", Find([Shop with { Name = "Shop 1" }]));

    [Fact]
    public void A_name_that_is_the_servers() =>
        Assert.Contains("A book is called 'admin', but /admin is the server's own path.", Find([Shop with { Name = "admin" }]));

    [Fact]
    public void A_book_twice() => Assert.Contains("The book shop brings the book 'shop', which exists already.", Find([Shop, Shop]));

    [Fact]
    public void A_stream_twice() => Assert.Contains(
        "The book shop brings the stream 'shop.mails', which exists already.",
        Find([Shop with { Streams = [new StreamPolicy { Name = "shop.mails" }, new StreamPolicy { Name = "shop.mails" }] }]));

    [Fact]
    public void A_stream_of_the_engine() => Assert.Equal(
        ["The book shop brings the stream 'api', which exists already.",
            "The book shop brings the stream 'api', which must begin with 'shop.'."],
        Find([Shop with { Streams = [new StreamPolicy { Name = "api" }] }]));

    [Fact]
    public void An_alert_kind_twice() => Assert.Contains(
        "The book shop brings the alert kind 'shop.late', which exists already.",
        Find([Shop with { AlertKinds = [new("shop.late", AlertSeverity.Notice), new("shop.late", AlertSeverity.Warning)] }]));

    [Fact]
    public void A_verb_that_exists() =>
        Assert.Contains("The book shop brings the verb 'keys list', which exists already.", Find([Shop with { Verbs = [Nothing] }]));

    [Fact]
    public void A_verb_in_a_group_of_the_servers() => Assert.Contains(
        "The book shop brings the verb 'serve shop', but 'waybill serve' is the server's own.",
        Find([Shop with { Verbs = [Nothing with { Name = "serve shop" }] }]));

    [Fact]
    public void Settings_in_a_section_of_the_servers() => Assert.Contains(
        "The book shop brings the section of settings 'Relay', which exists already.",
        Find([Shop with { Settings = BookSettings.Of<Empty>("Relay") }]));

    [Fact]
    public void An_origin_that_would_open_the_policy() => Assert.Contains(
        "The book shop names the origin 'https://pay.example; script-src *', which must be a scheme and a host, e.g. "
            + "https://pay.example.com.",
        Find([Shop with { Origins = new() { PostTo = ["https://pay.example; script-src *"] } }]));

    [Fact]
    public void A_route_outside_of_its_paths() => Assert.Equal(
        ["The book shop maps the route /elsewhere, which is outside of its paths: /shop, /webhooks/shop."],
        Routes(
            routes => routes.MapGet("/elsewhere", () => "").ForAnyone(),
            routes => routes.MapGet("/webhooks/shop/in", () => "").ForAnyone()));

    [Fact]
    public void A_route_that_does_not_say_for_whom() => Assert.Equal(
        ["The book shop maps the route /shop/open without saying who reaches it: call ForApi, ForPeople or ForAnyone."],
        Routes(routes => routes.MapGet("/shop/open", () => "")));

    [Fact]
    public void A_route_twice() => Assert.Equal(
        ["The book shop maps the route GET /shop/one, which exists already."],
        Routes(routes => routes.MapGet("/shop/one", () => "").ForPeople(), routes => routes.MapGet("/shop/one", () => "").ForPeople()));

    [Fact]
    public void A_duty_twice_or_of_another_name()
    {
        static Duty Work(string name) => new(name, TimeSpan.FromHours(1), (_, _) => Task.CompletedTask, UnderTerm: false);
        Book[] books = [Shop with { Duties = [_ => Work("shop.work"), _ => Work("shop.work"), _ => Work("work")] }];
        using var services = new ServiceCollection().AddBook(books[0]).BuildServiceProvider();

        Assert.Equal(
            [
                "The book shop brings the duty 'shop.work', which exists already.",
                "The book shop brings the duty 'work', which must begin with 'shop.'.",
            ],
            BookCheck.Find(books, services).Distinct());
    }

    [Fact]
    public void A_duty_that_cannot_be_made()
    {
        Book book = Shop with { Duties = [_ => throw new InvalidOperationException("No service for type 'Shelf' has been registered.")] };
        using var services = new ServiceCollection().AddBook(book).BuildServiceProvider();

        Assert.Equal(
            ["The book shop brings a duty that cannot be made: No service for type 'Shelf' has been registered."],
            BookCheck.Find([book], services));
    }

    static IReadOnlyList<string> Find(IReadOnlyList<Book> books) => BookCheck.Find(books, Verbs.OwnNames, SettingFact.OwnNames);

    static IReadOnlyList<string> Routes(params Action<IEndpointRouteBuilder>[] map)
    {
        var book = Shop with { Roots = ["/webhooks/shop"] };
        var app = WebApplication.CreateSlimBuilder().Build();
        foreach (var one in map) one(app.MapGroup("").WithMetadata(book));
        return BookCheck.Find([.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)]);
    }

    sealed record Empty;
}
