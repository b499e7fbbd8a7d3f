using System.Globalization;
using Microsoft.AspNetCore.Http;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Moderation;
using Waybill.RacketBook.Pages.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Receipts;
using Waybill.RacketBook.Tenancy;
using Waybill.Screens.Framing;

namespace Waybill.RacketBook.Pages.Catalogue;

/// <summary>The page of a racket.</summary>
static class RacketPages
{
    internal static Task<IResult> ShowNewAsync(HttpContext context, StringerScope scope, CatalogueDesk desk, ClientDesk clients) =>
        PageAsync(context, scope, (desk, clients), racket: null, Typed.Of(), []);

    internal static async Task<IResult> CreateAsync(HttpContext context, StringerScope scope, CatalogueDesk desk, ClientDesk clients)
    {
        var typed = await Typed.ReadAsync(context);
        var fields = Owned(typed).Fields();
        var racket = CatalogueReader.ReadNewRacket(fields);
        if (fields.Faults.Count > 0)
            return await PageAsync(context, scope, (desk, clients), racket: null, typed, context.Told(fields.Faults));
        return await SettleAsync(
            context, scope, (desk, clients), present: null, typed, await desk.CreateAsync(scope, racket, context.RequestAborted));
    }

    internal static async Task<IResult> ShowAsync(
        Guid id, HttpContext context, StringerScope scope, CatalogueDesk desk, ClientDesk clients) =>
        await desk.FindRacketAsync(scope, id, context.RequestAborted) is { } racket
            ? await PageAsync(context, scope, (desk, clients), racket, Of(racket), [])
            : BookAnswers.Missing(context);

    internal static async Task<IResult> ChangeAsync(
        Guid id, HttpContext context, StringerScope scope, CatalogueDesk desk, ClientDesk clients)
    {
        if (await desk.FindRacketAsync(scope, id, context.RequestAborted) is not { } racket) return BookAnswers.Missing(context);
        var typed = await Typed.ReadAsync(context);
        var fields = Owned(typed).Fields();
        _ = CatalogueReader.ReadNewRacket(fields); // a racket keeps a model
        if (fields.Faults.Count > 0) return await PageAsync(context, scope, (desk, clients), racket, typed, context.Told(fields.Faults));
        var saving =
            await desk.ChangeAsync(scope, id, typed.Version, CatalogueReader.ReadRacket(Owned(typed).Fields()), context.RequestAborted);
        return await SettleAsync(context, scope, (desk, clients), racket, typed, saving);
    }

    static async Task<IResult> SettleAsync(
        HttpContext context, StringerScope scope, (CatalogueDesk, ClientDesk) at, Racket? present, Typed typed, Saving<Racket> saving) =>
            saving switch
            {
                Saving<Racket>.Done(var saved) =>
                    BookAnswers.SeeOther(context, CataloguePages.PathOf(CatalogueKind.Racket, saved.Id), context.Say("saved")),
                Saving<Racket>.Stale =>
                    await PageAsync(context, scope, at, present, typed.With("version", Of(present!)["version"]), [], isStale: true),
                Saving<Racket>.Refused(var faults, _) => await PageAsync(context, scope, at, present, typed, context.Told(faults)),
                _ => BookAnswers.Missing(context),
            };

    /// <summary>A racket that belongs to somebody is a one-off; one that does not is a model.</summary>
    static Typed Owned(Typed typed) =>
        typed.With("visibility", (typed["owner_client_id"].Length > 0 ? Visibility.OneOff : Visibility.Private).Word());

    static async Task<IResult> PageAsync(
        HttpContext context, StringerScope scope, (CatalogueDesk Catalogue, ClientDesk Clients) at, Racket? racket, Typed typed,
        IReadOnlyList<Fault> faults, bool isStale = false)
    {
        var choices = await OrderChoices.ReadAsync(scope, at.Clients, at.Catalogue, present: null, context.RequestAborted);
        var owner = racket?.OwnerClient is { } id ? await at.Clients.FindAsync(scope, id, context.RequestAborted) : null;
        IEnumerable<Choice> present = owner is null ? [] : [new(owner.Id.ToString("D"), owner.Person.Name)];
        return BookAnswers.Page<EntryPage>(
            context,
            new
            {
                racket?.Id,
                Name = racket?.Facts().Name,
                Visibility = racket?.Visibility ?? Visibility.Private,
                Typed = typed,
                Owners = (IReadOnlyList<Choice>)[new("", context.Say("catalogue.no-owner")),
                    .. choices.Clients.Concat(present).DistinctBy(one => one.Value)],
                Faults = faults,
                IsStale = isStale,
            },
            isStale ? 409 : faults.Count > 0 ? 422 : 200);
    }

    static Typed Of(Racket racket) => Typed.Of(
        ("maker", racket.Maker), ("model", racket.Model), ("head_size", racket.HeadSize is { } size ? ReceiptWords.Measure(size) : ""),
        ("pattern", racket.Pattern), ("serial", racket.Serial), ("owner_client_id", racket.OwnerClient?.ToString("D")),
        ("version", racket.Version.ToString(CultureInfo.InvariantCulture)));
}
