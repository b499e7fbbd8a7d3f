using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace Waybill.Server.Admin.Access;

/// <summary>
/// Sees to it that a form under /admin comes from a page of ours: ASP.NET's antiforgery token, checked for every request that is not safe.
/// </summary>
internal static class FormGuard
{
    const string CookieName = "__Host-waybill-form";

    /// <summary>Octets of a form; a page that takes files says so by a limit of its own.</summary>
    const long LargestForm = 2 << 20;

    /// <summary>Of a form that anybody may send: a password, a code, a name.</summary>
    const long LargestOfStrangers = 64 << 10;

    public static IServiceCollection AddFormGuard(this IServiceCollection services) => services.AddAntiforgery(options =>
    {
        options.Cookie = new HostCookie { Name = CookieName, HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true };
        options.SuppressXFrameOptionsHeader = true; // our policy says who may frame, page by page
    });

    /// <summary>What a form on this page is to carry; its cookie is set beside it.</summary>
    public static string FormToken(this HttpContext context) =>
        context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context).RequestToken ?? "";

    /// <summary>What speaks against a request that would change something; null when nothing does.</summary>
    /// <param name="context">The request.</param>
    /// <param name="largest">Octets of its form; null: as its route says, or the usual.</param>
    public static async Task<IResult?> ObjectionAsync(HttpContext context, long? largest = null)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = largest ?? LargestOf(context.GetEndpoint()?.Metadata);
        try
        {
            if (context.Request.HasFormContentType) await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return Refusals.UnreadableForm(context);
        }

        var isOurs = await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
        return isOurs ? null : Refusals.StaleForm(context);
    }

    static long LargestOf(EndpointMetadataCollection? route) =>
        route?.GetMetadata<FormLimit>()?.Octets ?? (route?.GetMetadata<Admission>() is Admission.Open ? LargestOfStrangers : LargestForm);

    /// <summary>
    /// Secure always, though the request came over plain HTTP: browsers take such a cookie from this machine, and behind a proxy the
    /// browser speaks HTTPS. ASP.NET's own "always" would refuse both.
    /// </summary>
    sealed class HostCookie : CookieBuilder
    {
        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            var options = base.Build(context, expiresFrom);
            (options.Secure, options.Path) = (true, "/");
            return options;
        }
    }
}

/// <summary>Of the forms of a route that takes more than the usual.</summary>
internal sealed record FormLimit(long Octets);
