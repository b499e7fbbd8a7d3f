using Waybill.Engine.Brands;
using Waybill.Engine.Storage;

namespace Waybill.Server.Api.Brands;

/// <summary><c>/v1/brands/{id}/logo</c>: PNG or JPEG, at most 256 KiB, as the body itself.</summary>
internal static class BrandLogo
{
    public static async Task<IResult> PutAsync(string id, HttpContext context, Caller caller, BrandBook brands, ContentStore content)
    {
        if (await brands.FindAsync(caller.Tenant, id, context.RequestAborted) is not { } brand) return Problem.NotFound("Brand");
        var image = await ReadAsync(context);
        var (type, width, height, problem) = LogoImage.Read(image);
        if (type is null) return new Problem(422, "not_a_logo", $"This cannot be a logo: {problem}.");
        var logo = new Logo(await content.StoreAsync(image, context.RequestAborted), type, width, height, image.Length);
        return BrandsApi.Answer(
            context,
            await brands.ChangeAsync(
                caller.Tenant, brand.Id, BrandsApi.Expected(context), present => present with { Logo = logo }, context.RequestAborted));
    }

    public static async Task<IResult> GetAsync(string id, HttpContext context, Caller caller, BrandBook brands, ContentStore content)
    {
        if (await brands.FindAsync(caller.Tenant, id, context.RequestAborted) is not { Logo: { } logo }) return Problem.NotFound("Logo");
        context.Response.ContentLength = logo.Size;
        return Results.Stream(
            async output =>
            {
                await foreach (var part in content.ReadAsync(logo.Hash, context.RequestAborted))
                    await output.WriteAsync(part, context.RequestAborted);
            },
            logo.ContentType);
    }

    public static async Task<IResult> RemoveAsync(string id, HttpContext context, Caller caller, BrandBook brands) =>
        await brands.FindAsync(caller.Tenant, id, context.RequestAborted) is { } brand
            ? BrandsApi.Answer(
                context,
                await brands.ChangeAsync(
                    caller.Tenant, brand.Id, BrandsApi.Expected(context), present => present with { Logo = null }, context.RequestAborted))
            : Problem.NotFound("Brand");

    /// <summary>One octet beyond the limit is enough to know that it is too large.</summary>
    static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var image = new MemoryStream();
        var buffer = new byte[16 << 10];
        int read;
        while (image.Length <= LogoImage.LargestSize && (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
            image.Write(buffer, 0, read);
        return image.ToArray();
    }
}
