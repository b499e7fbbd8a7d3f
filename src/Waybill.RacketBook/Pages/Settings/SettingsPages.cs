using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Waybill.Books;
using Waybill.Engine.Acting;
using Waybill.RacketBook.Logos;
using Waybill.RacketBook.Receipts;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;
using Waybill.Screens.Framing;

namespace Waybill.RacketBook.Pages.Settings;

/// <summary>What a stringer says of themselves.</summary>
static class SettingsPages
{
    /// <summary>Octets: more than a logo may have, so that who brings a large one is told how large it may be.</summary>
    const long LargestForm = 16 << 20;

    internal static void MapSettings(this IEndpointRouteBuilder book)
    {
        book.MapGet("/settings", (HttpContext context, BookScene scene) => Page(context, Of(scene.Owner), []));
        book.MapPost("/settings", SaveAsync).ForPeople(LargestForm);
        book.MapGet("/settings/logo", ShowLogoAsync);
    }

    static async Task<IResult> SaveAsync(HttpContext context, StringerScope scope, BookScene scene, StringerDesk desk)
    {
        var typed = await Typed.ReadAsync(context);
        var fields = typed.Fields();
        var change = StringerReader.ReadChange(fields);
        if (!typed.HasAny("display_name")) fields.Wrong("display_name", "text.needed");
        var (logo, fault) = await LogoAsync(context);
        IReadOnlyList<BookFault> faults = [.. fields.Faults, .. fault is null ? [] : new[] { fault }];
        if (faults.Count > 0) return Page(context, typed, context.Told(faults));
        Stringer Changed(Stringer one) => change(one) with
        {
            Status = one.Status == StringerStatus.Invited && scope.Kind == ActorKind.Member ? StringerStatus.Active : one.Status,
        };
        return await desk.ChangeAsync(
            scope, typed.Version, Changed, logo ?? (typed.Is("drop_logo") ? LogoChange.Drop : LogoChange.Keep),
            context.RequestAborted) switch
        {
            Saving<Stringer>.Done =>
                BookAnswers.SeeOther(context, scene.Owner.Status == StringerStatus.Invited ? "" : "/settings", context.Say("saved")),
            Saving<Stringer>.Stale => Page(context, typed.With("version", Of(scene.Owner)["version"]), [], isStale: true),
            Saving<Stringer>.Refused(var refused, _) => Page(context, typed, context.Told(refused)),
            _ => BookAnswers.Missing(context),
        };
    }

    static async Task<(LogoChange? Logo, BookFault? Fault)> LogoAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form.Files["logo"] is not { Length: > 0 } file) return (null, null);
        if (file.Length > LogoCheck.Largest)
            return (null, new("logo", "logo.large", (file.Length + 1023) / 1024, LogoCheck.Largest / 1024));
        using var image = new MemoryStream();
        await file.CopyToAsync(image, context.RequestAborted);
        return LogoCheck.Fault(image.ToArray()) is { } fault ? (null, fault) : (new LogoChange.Put(image.ToArray()), null);
    }

    static async Task<IResult> ShowLogoAsync(HttpContext context, StringerScope scope, LogoShelf logos)
    {
        if ((await logos.FetchAsync(scope.Stringer, context.RequestAborted)).Image is not { } logo) return BookAnswers.Missing(context);
        return Results.Bytes(logo, logo is [0x89, ..] ? "image/png" : "image/jpeg");
    }

    static IResult Page(
        HttpContext context, Typed typed, IReadOnlyList<Fault> faults, bool isStale = false) => BookAnswers.Page<SettingsPage>(
        context, new { Typed = typed, Faults = faults, IsStale = isStale }, isStale ? 409 : faults.Count > 0 ? 422 : 200);

    static Typed Of(Stringer one) => Typed.Of(
        ("display_name", one.DisplayName), ("address", one.Address), ("phone", one.Phone), ("web", one.Web),
        ("business_email", one.BusinessEmail), ("locale", one.Locale), ("labour", ReceiptWords.Measure(one.Labour)),
        ("version", one.Version.ToString(CultureInfo.InvariantCulture)));
}
