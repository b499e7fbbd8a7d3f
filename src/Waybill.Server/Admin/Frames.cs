using Microsoft.AspNetCore.Antiforgery;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Framing;

namespace Waybill.Server.Admin;

/// <summary>Makes the frame of a page from who asks for it.</summary>
internal static class Frames
{
    public static PageFrame Of(HttpContext context)
    {
        var services = context.RequestServices;
        var isOperator = services.GetRequiredService<OperatorDoor>().IsOperator(context.Request);
        var look = Look.Of(context.Request);
        var frame = new PageFrame
        {
            Path = context.Request.Path + context.Request.QueryString,
            Locale = look.Locale,
            Theme = look.Theme,
            Now = services.GetRequiredService<TimeProvider>().GetUtcNow(),
            FormToken = Token(context),
            Notice = Notices.Take(context),
        };
        return isOperator ? OfOperator(frame) : frame;
    }

    /// <summary>The token for forms. That is a reason for <c>no-cache</c> to the antiforgery service, which says less than our own <c>no-store</c>.</summary>
    static string Token(HttpContext context)
    {
        var headers = context.Response.Headers;
        var caching = headers.CacheControl;
        headers.CacheControl = default;
        var token = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context).RequestToken ?? "";
        headers.CacheControl = caching;
        headers.Pragma = default;
        return token;
    }

    static PageFrame OfOperator(PageFrame frame)
    {
        frame = frame with { PersonName = "Operator", TenantName = Tenants.First, Tenants = [Tenants.First], May = _ => true };
        return frame with { Navigation = Places.For(frame) };
    }
}
