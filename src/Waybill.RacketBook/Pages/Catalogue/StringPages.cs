using System.Globalization;
using Microsoft.AspNetCore.Http;
using Waybill.RacketBook.Moderation;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Tenancy;
using Waybill.Screens.Framing;

namespace Waybill.RacketBook.Pages.Catalogue;

/// <summary>The page of a string.</summary>
static class StringPages
{
    internal static IResult ShowNew(HttpContext context) => Page(context, one: null, Typed.Of(), []);

    internal static async Task<IResult> CreateAsync(HttpContext context, StringerScope scope, CatalogueDesk desk)
    {
        var typed = await Typed.ReadAsync(context);
        var fields = typed.Fields();
        var wanted = CatalogueReader.ReadNewString(fields);
        if (fields.Faults.Count > 0) return Page(context, one: null, typed, context.Told(fields.Faults));
        return Settle(context, present: null, typed, await desk.CreateAsync(scope, wanted, context.RequestAborted));
    }

    internal static async Task<IResult> ShowAsync(Guid id, HttpContext context, StringerScope scope, CatalogueDesk desk) =>
        await desk.FindStringAsync(scope, id, context.RequestAborted) is { } one
            ? Page(context, one, Of(one), [])
            : BookAnswers.Missing(context);

    internal static async Task<IResult> ChangeAsync(Guid id, HttpContext context, StringerScope scope, CatalogueDesk desk)
    {
        if (await desk.FindStringAsync(scope, id, context.RequestAborted) is not { } present) return BookAnswers.Missing(context);
        var typed = await Typed.ReadAsync(context);
        var fields = typed.Fields();
        _ = CatalogueReader.ReadNewString(fields); // a string keeps a model
        if (fields.Faults.Count > 0) return Page(context, present, typed, context.Told(fields.Faults));
        return Settle(
            context, present, typed,
            await desk.ChangeAsync(scope, id, typed.Version, CatalogueReader.ReadString(typed.Fields()), context.RequestAborted));
    }

    static IResult Settle(HttpContext context, TennisString? present, Typed typed, Saving<TennisString> saving) => saving switch
    {
        Saving<TennisString>.Done(var saved) =>
            BookAnswers.SeeOther(context, CataloguePages.PathOf(CatalogueKind.String, saved.Id), context.Say("saved")),
        Saving<TennisString>.Stale => Page(context, present, typed.With("version", Of(present!)["version"]), [], isStale: true),
        Saving<TennisString>.Refused(var faults, _) => Page(context, present, typed, context.Told(faults)),
        _ => BookAnswers.Missing(context),
    };

    static IResult Page(
        HttpContext context, TennisString? one, Typed typed, IReadOnlyList<Fault> faults,
        bool isStale = false) => BookAnswers.Page<EntryPage>(
        context,
        new
        {
            IsOfStrings = true,
            one?.Id,
            one?.Name,
            Visibility = one?.Visibility ?? Visibility.Private,
            Typed = typed,
            Faults = faults,
            IsStale = isStale
        },
        isStale ? 409 : faults.Count > 0 ? 422 : 200);

    static Typed Of(TennisString one) => Typed.Of(
        ("maker", one.Maker), ("model", one.Model), ("gauge", one.Gauge), ("version", one.Version.ToString(CultureInfo.InvariantCulture)));
}
