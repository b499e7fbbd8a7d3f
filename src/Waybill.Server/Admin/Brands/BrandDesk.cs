using System.Globalization;
using Waybill.Engine.Brands;
using Waybill.Engine.Composing;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Brands;
using Waybill.Server.Admin.Access;
using Waybill.Server.Api.Brands;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Brands;

/// <summary>The brands of a tenant: listed, made, changed, previewed, removed.</summary>
internal sealed class BrandDesk(
    BrandBook brands, BrandSender senders, RelayChoices relays, DefaultSender standard, Previewing previewing, MailFrame frame,
    ContentStore content)
{
    /// <summary>The list.</summary>
    public async Task<IResult> ListAsync(HttpContext context)
    {
        var choices = await relays.OfAsync(context, Tenant(context));
        var lines = new List<BrandLine>();
        foreach (var brand in await brands.ListAsync(Tenant(context), context.RequestAborted))
        {
            var sender = await senders.ForAsync(Tenant(context), brand, context.RequestAborted);
            var relay = brand.Relay?.ToString("D");
            lines.Add(
                new(brand, sender.From.ToString(), relay is null ? null : choices.FirstOrDefault(choice => choice.Value == relay)?.Text));
        }

        return Page<BrandsPage>(context, new { Lines = lines, StandardSender = standard.From.ToString() });
    }

    /// <summary>The form of a new one; the first is the default one.</summary>
    public async Task<IResult> ShowNewAsync(HttpContext context)
    {
        var isFirst = await brands.FindAsync(Tenant(context), idOrAlias: null, context.RequestAborted) is null;
        return await PageAsync(context, brand: null, new BrandForm { IsDefault = isFirst }, []);
    }

    /// <summary>The form of one.</summary>
    public async Task<IResult> ShowAsync(string id, HttpContext context) =>
        await FindAsync(id, context) is { } brand ? await PageAsync(context, brand, BrandForms.Of(brand), []) : Missing(context);

    /// <summary>A mail in the brand as it is kept.</summary>
    public async Task<IResult> ShowMailAsync(string id, HttpContext context)
    {
        var brand = id == New ? Fresh(context, new BrandIdentity { Name = context.Say("brands.name") }) : await FindAsync(id, context);
        return brand is null ? Results.NotFound() : await MailAsync(context, brand, context.Request.Query["scheme"] == "dark");
    }

    /// <summary>The logo, as it goes along with mails.</summary>
    public async Task<IResult> ShowLogoAsync(string id, HttpContext context)
    {
        if (await FindAsync(id, context) is not { Logo: { } logo }) return Results.NotFound();
        context.Response.ContentLength = logo.Size;
        return Results.Stream(
            async output =>
            {
                await foreach (var part in content.ReadAsync(logo.Hash, context.RequestAborted))
                    await output.WriteAsync(part, context.RequestAborted);
            },
            logo.ContentType);
    }

    /// <summary>A mail in the brand that the form would make.</summary>
    public async Task<IResult> PreviewAsync(string id, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var typed = BrandForms.Read(form);
        var present = id == New ? Fresh(context, new BrandIdentity { Name = typed.Name }) : await FindAsync(id, context);
        if (present is null) return Results.NotFound();
        var (posted, faults) = BrandForms.Check(context, form, typed);
        return posted is null && faults.Any(fault => fault.Field != "alias")
            ? MailFrame.Answer(context, faults)
            : await MailAsync(context, posted?.Over(present) ?? present, typed.Scheme == "dark");
    }

    /// <summary>What becomes of the colour.</summary>
    public static async Task<IResult> LookAsync(HttpContext context) =>
        Page<BrandLook>(context, new { Typed = BrandForms.Read(await context.Request.ReadFormAsync(context.RequestAborted)) });

    /// <summary>Keeps what was typed.</summary>
    public async Task<IResult> SaveAsync(string id, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var typed = BrandForms.Read(form);
        var brand = id == New ? null : await FindAsync(id, context);
        if (brand is null && id != New) return Missing(context);
        var (posted, faults) = BrandForms.Check(context, form, typed);
        var (logo, logoFault) = await LogoAsync(context, form.Files["logo"]);
        IReadOnlyList<Fault> ofRelay = await IsKnownAsync(context, typed.Relay) ? [] : [new("relay", context.Say("brands.relay.none"))];
        IReadOnlyList<Fault> all = [.. faults, .. logoFault is null ? [] : new[] { logoFault }, .. ofRelay];
        if (posted is null || all.Count > 0) return await PageAsync(context, brand, typed, all);
        var change = brand is null
            ? await brands.CreateAsync(Tenant(context), posted.Alias!, posted.Whole(), logo, posted.Relay, context.RequestAborted)
            : await brands.ChangeAsync(
                Tenant(context), brand.Id, Version(typed), present => Over(posted, present, typed, logo), context.RequestAborted);
        return await SettleAsync(context, change, brand, typed, posted);
    }

    /// <summary>Removes it, unless others need it.</summary>
    public async Task<IResult> RemoveAsync(string id, HttpContext context)
    {
        if (await FindAsync(id, context) is not { } brand) return Missing(context);
        if (await brands.RemoveAsync(Tenant(context), brand.Id, context.RequestAborted) is not BrandChange.Done)
            return SeeOther(context, PathOf(context, "/" + brand.Id), new(Tone.Bad, context.Say("brands.remove.default")));
        await context.NoteAsync(BrandActs.Remove, brand.Alias);
        return SeeOther(context, PathOf(context), new(Tone.Good, context.Say("brands.removed", brand.Identity.Name)));
    }

    async Task<IResult> SettleAsync(HttpContext context, BrandChange change, Brand? before, BrandForm typed, PostedBrand posted)
    {
        switch (change)
        {
            case BrandChange.Done(var brand):
                if (typed.IsDefault && !brand.IsDefault) await brands.MakeDefaultAsync(Tenant(context), brand.Id, CancellationToken.None);
                await context.NoteAsync(before is null ? BrandActs.Create : BrandActs.Edit, brand.Alias);
                return SeeOther(context, PathOf(context, "/" + brand.Id), new(Tone.Good, context.Say("brands.saved", brand.Identity.Name)));
            case BrandChange.Stale(var current):
                var difference = BrandForms.Difference(current, posted.Over(current));
                var mine = typed with { Version = current.Version.ToString(CultureInfo.InvariantCulture) };
                return await PageAsync(
                    context, current, mine, [], difference.Length > 0 ? difference : context.Say("brands.conflict.same"));
            case BrandChange.AliasTaken:
                return await PageAsync(context, before, typed, [new("alias", context.Say("brands.alias.taken"))]);
            default:
                return Missing(context);
        }
    }

    async Task<IResult> PageAsync(
        HttpContext context, Brand? brand, BrandForm typed, IReadOnlyList<Fault> faults, string? conflict = null) => Page<BrandPage>(
        context,
        new { Brand = brand, Typed = typed, Faults = faults, Relays = await relays.OfAsync(context, Tenant(context)), Conflict = conflict },
        conflict is not null ? 409 : faults.Count > 0 ? 422 : 200);

    async Task<IResult> MailAsync(HttpContext context, Brand brand, bool isDark)
    {
        var preview =
            await previewing.PreviewAsync(Tenant(context), BrandSample.Template, brand, new PreviewWish(), context.RequestAborted);
        return await frame.AnswerAsync(context, preview, brand, isDark);
    }

    async Task<Brand?> FindAsync(string id, HttpContext context) =>
        id == New ? null : await brands.FindAsync(Tenant(context), id, context.RequestAborted);

    async Task<bool> IsKnownAsync(HttpContext context, string relay) =>
        (await relays.OfAsync(context, Tenant(context))).Any(choice => choice.Value == relay);

    async Task<(Logo? Logo, Fault? Fault)> LogoAsync(HttpContext context, IFormFile? file)
    {
        if (file is null or { Length: 0 }) return (null, null);
        using var image = new MemoryStream();
        await file.CopyToAsync(image, context.RequestAborted);
        var (type, width, height, problem) = LogoImage.Read(image.ToArray());
        return type is null
            ? (null, new Fault("logo", context.Say("brands.logo.wrong", problem)))
            : (new Logo(await content.StoreAsync(image.ToArray(), context.RequestAborted), type, width, height, (int)image.Length), null);
    }

    const string New = "new";

    static Brand Over(PostedBrand posted, Brand present, BrandForm typed, Logo? logo) =>
        posted.Over(present) with { Logo = logo ?? (typed.DropsLogo ? null : present.Logo) };

    /// <summary>A version that is none matches nothing.</summary>
    static int Version(BrandForm typed) =>
        int.TryParse(typed.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;

    static Brand Fresh(HttpContext context, BrandIdentity identity) => new(
        new BrandId(Guid.Empty), Tenant(context), BrandBook.DefaultAlias, IsDefault: false, Version: 0, Relay: null, identity, Logo: null,
        DateTimeOffset.UnixEpoch);

    static IResult Missing(HttpContext context) => Pages.Missing(context, "brands.missing.title", "brands.missing");

    static TenantId Tenant(HttpContext context) => context.Visitor().Tenant!.Id;

    static string PathOf(HttpContext context, string below = "") => context.InTenant($"brands{below}");
}
