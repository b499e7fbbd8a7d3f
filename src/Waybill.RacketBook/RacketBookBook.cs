using System.Globalization;
using Microsoft.Extensions.Configuration;
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
        Templates = ShippedTemplates.Read(typeof(RacketBookBook).Assembly, "Mails/Shipped/"),
        AccountTemplates = [Mails.EmailSender.InviteTemplate],
        AddServices = services => services.AddRacketBook(new ReceiptSettings()),
        Map = routes =>
        {
            routes.MapApi();
            routes.MapPages();
        },
        Configure = Configure,
        ImportAsync = Importing.ImportVerb.RunAsync,
        Home = "/racketbook",
        HasAsync = async (services, tenant, cancellationToken) => await services.GetRequiredService<Stringers.StringerDesk>().FindAsync(tenant, cancellationToken) is not null,
    };

    static Book Configure(IConfiguration configuration, ICollection<string> problems)
    {
        bool Flag(string name, bool standard)
        {
            if (configuration["RacketBook:" + name] is not { Length: > 0 } text) return standard;
            if (bool.TryParse(text, out var flag)) return flag;
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"RacketBook:{name} is '{text}'; it must be true or false."));
            return standard;
        }

        var settings = new ReceiptSettings { MailOnReEmit = Flag("MailOnReEmit", true), UpdatedSubject = Flag("UpdatedSubject", true) };
        return Book with
        {
            Streams = [Receipts with { RetryOnceOnConnectionFault = Flag("RetryOnceOnConnectionFault", false) }, Notices],
            AddServices = services => services.AddRacketBook(settings),
        };
    }
}
