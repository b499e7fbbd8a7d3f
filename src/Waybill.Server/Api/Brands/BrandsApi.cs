using System.Globalization;
using Waybill.Engine.Brands;
using Waybill.Engine.Relays;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Brands;

/// <summary><c>/v1/brands</c>: who messages speak for.</summary>
internal static class BrandsApi
{
    public static async Task<IResult> ListAsync(HttpContext context, Caller caller, BrandBook brands)
    {
        var all = await brands.ListAsync(caller.Tenant, context.RequestAborted);
        return Results.Json(new BrandListAnswer([.. all.Select(brand => new BrandAnswer(brand))]), ApiJson.Default.BrandListAnswer);
    }

    public static async Task<IResult> CreateAsync(
        HttpContext context, Caller caller, BrandBook brands, RelayTable relays, RelayDirectory directory)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        var (posted, wrong) = PostedBrand.Read(body.Root, isWhole: true);
        if (posted is null) return wrong!;
        if (await ObjectionAsync(posted, caller, relays, directory, context.RequestAborted) is { } objection) return objection;
        var made = await brands.CreateAsync(caller.Tenant, posted.Alias!, posted.Whole(), logo: null, posted.Relay, context.RequestAborted);
        return Answer(context, await SettleAsync(made, posted, caller, brands, context.RequestAborted), 201);
    }

    public static async Task<IResult> GetAsync(string id, HttpContext context, Caller caller, BrandBook brands) =>
        await brands.FindAsync(caller.Tenant, id, context.RequestAborted) is { } brand
            ? Answer(context, new BrandChange.Done(brand))
            : Problem.NotFound("Brand");

    /// <summary>
    /// With <c>If-Match</c> (the <c>ETag</c> of GET) a change that somebody else made meanwhile is told, not overwritten.
    /// </summary>
    public static async Task<IResult> UpdateAsync(
        string id, HttpContext context, Caller caller, BrandBook brands, RelayTable relays, RelayDirectory directory)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        var (posted, wrong) = PostedBrand.Read(body.Root, isWhole: false);
        if (posted is null) return wrong!;
        if (await brands.FindAsync(caller.Tenant, id, context.RequestAborted) is not { } brand) return Problem.NotFound("Brand");
        if (await ObjectionAsync(posted, caller, relays, directory, context.RequestAborted) is { } objection) return objection;
        var changed = await brands.ChangeAsync(caller.Tenant, brand.Id, Expected(context), posted.Over, context.RequestAborted);
        return Answer(context, await SettleAsync(changed, posted, caller, brands, context.RequestAborted));
    }

    static async Task<Problem?> ObjectionAsync(
        PostedBrand posted, Caller caller, RelayTable relays, RelayDirectory directory, CancellationToken cancellationToken) =>
        posted.Relay is { } relay && !directory.FromSettings.ContainsKey(relay)
            && await relays.FindAsync(caller.Tenant, relay, cancellationToken) is null
            ? Problem.Invalid($"The `relay` field names {relay:D}, and there is no such relay.")
            : null;

    static async Task<BrandChange> SettleAsync(
        BrandChange change, PostedBrand posted, Caller caller, BrandBook brands, CancellationToken cancellationToken) =>
        change is BrandChange.Done(var brand) && posted.IsDefault
            ? await brands.MakeDefaultAsync(caller.Tenant, brand.Id, cancellationToken)
            : change;

    public static async Task<IResult> RemoveAsync(string id, HttpContext context, Caller caller, BrandBook brands)
    {
        if (await brands.FindAsync(caller.Tenant, id, context.RequestAborted) is not { } brand) return Problem.NotFound("Brand");
        return await brands.RemoveAsync(caller.Tenant, brand.Id, context.RequestAborted) is BrandChange.Done
            ? Results.NoContent()
            : new Problem(409, "default_brand", "The default brand cannot be removed: messages that name no brand speak for it.");
    }

    /// <summary>The answer to a change, with the version as its <c>ETag</c>.</summary>
    public static IResult Answer(HttpContext context, BrandChange change, int statusCode = 200)
    {
        switch (change)
        {
            case BrandChange.Done(var brand):
                context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{brand.Version}\"");
                return Results.Json(new BrandAnswer(brand), ApiJson.Default.BrandAnswer, statusCode: statusCode);
            case BrandChange.Missing:
                return Problem.NotFound("Brand");
            case BrandChange.AliasTaken:
                return new Problem(409, "alias_taken", "Another brand has this alias.");
            case BrandChange.Stale:
                return new Problem(
                    412, "changed_meanwhile",
                    "Somebody else changed this brand since you read it; nothing was overwritten. Read it again.");
            default:
                throw new System.Diagnostics.UnreachableException($"No answer for {change.GetType().Name}.");
        }
    }

    /// <summary>A version that is none matches nothing.</summary>
    public static int? Expected(HttpContext context) => context.Request.Headers.IfMatch.ToString() is { Length: > 0 } header and not "*"
        ? int.TryParse(header.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1
        : null;
}

/// <summary>A brand as it is shown.</summary>
internal sealed record BrandAnswer(
    string Id, string Alias, bool IsDefault, int Version, string Name, string? SenderName, string? SenderAddress, string? ReplyTo,
    string? SupportEmail, string? SupportUrl, string Colour, string? Intro, string? Footer, string Locale, string? Relay, LogoAnswer? Logo,
    string CreatedAt)
{
    public BrandAnswer(Brand brand)
        : this(
            brand.Id.ToString(), brand.Alias, brand.IsDefault, brand.Version, brand.Identity.Name, brand.Identity.SenderName,
            brand.Identity.SenderAddress, brand.Identity.ReplyTo, brand.Identity.SupportEmail, brand.Identity.SupportUrl,
            brand.Identity.Colour, brand.Identity.Intro, brand.Identity.Footer, brand.Identity.Locale, brand.Relay?.ToString("D"),
            brand.Logo is { } logo ? new(logo.ContentType, logo.Width, logo.Height, logo.Size) : null, brand.CreatedAt.OnTheWire())
    {
    }

    public string Object { get; } = "brand";
}

/// <summary>A brand's logo; its bytes are at <c>/v1/brands/{id}/logo</c>.</summary>
internal sealed record LogoAnswer(string ContentType, int Width, int Height, int Size);

/// <summary>All brands of a tenant, by alias.</summary>
internal sealed record BrandListAnswer(IReadOnlyList<BrandAnswer> Data)
{
    public string Object { get; } = "list";

    public bool HasMore { get; }
}
