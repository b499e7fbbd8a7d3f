using Microsoft.Extensions.DependencyInjection;
using Waybill.Books;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Routing;
using Waybill.RacketBook.Api;
using Waybill.RacketBook.Emitting;
using Waybill.RacketBook.Pages;

namespace Waybill.RacketBook;

/// <summary>What a stringer's book brings along.</summary>
public static class RacketBookBook
{
    /// <summary>Receipts, handed over while the stringer looks on: once, and never twice.</summary>
    public static StreamPolicy Receipts { get; } = new()
    {
        Name = "racketbook.receipts",
        HandOver = HandOverMode.Inline,
        OnNoRecipient = new OnNoRecipient.Keep(),
        OnNoRelay = OnNoRelay.Fail,
        OnUnknown = OnUnknown.HoldAsFailed,
        OnSuppressed = OnSuppressed.Fail,
        Kept = new Kept.ForEver(),
        AtCap = AtCap.Attempt,
    };

    /// <summary>What a stringer and an admin are told: moderation, invitations.</summary>
    public static StreamPolicy Notices { get; } = new()
    {
        Name = "racketbook.notices",
        OnNoRecipient = new OnNoRecipient.Log(),
        OnNoRelay = OnNoRelay.Log,
        OnUnknown = OnUnknown.Hold,
        OnSuppressed = OnSuppressed.Log,
        Kept = new Kept.For(365),
    };

    /// <summary>The book, as it is where nothing is set.</summary>
    public static Book Book { get; } = new()
    {
        Name = "racketbook",
        Title = "RacketBook",
        Streams = [Receipts, Notices],
        Schema = typeof(RacketBookBook).Assembly,
        Duties =
        [
            // On every node: each row is appended once, whoever does it.
            services => new(
                "racketbook.emits", TimeSpan.FromSeconds(5),
                (_, cancellationToken) => services.GetRequiredService<EmitLog>().SweepAsync(cancellationToken), UnderTerm: false),
        ],
        Templates = ShippedTemplates.Read(typeof(RacketBookBook).Assembly, "Mails/Shipped/"),
        AccountTemplates = [Mails.EmailSender.InviteTemplate],
        Settings = BookSettings.Of<ReceiptSettings>("RacketBook", Apply),
        AddServices = services => services.AddRacketBook(),
        Map = routes =>
        {
            routes.MapApi();
            routes.MapPages();
        },
        Verbs = [Importing.ImportVerb.Verb],
        SeedDemoAsync = (services, cancellationToken) => services.GetRequiredService<Demo.DemoBook>().MakeAsync(cancellationToken),
        Assets = typeof(RacketBookBook).Assembly,
        Stylesheet = "racketbook.css",
        Script = "racketbook.js",
        Home = "/racketbook",
        HasAsync =
            async (
                services, tenant,
                cancellationToken) =>
                    await services.GetRequiredService<Stringers.StringerDesk>().FindAsync(tenant, cancellationToken) is not null,
    };

    static Book Apply(Book book, ReceiptSettings settings) =>
        book with { Streams = [Receipts with { RetryOnceOnConnectionFault = settings.RetryOnceOnConnectionFault }, Notices] };
}
