using Waybill.Engine.Accounts;
using Waybill.Server.Admin.Access;

namespace Waybill.Server.Admin.Brands;

/// <summary><c>/admin/t/{tenant}/brands</c>: who mails speak for. The brand <c>new</c> is the one that is being made.</summary>
internal static class BrandRoutes
{
    /// <summary>Octets of a form with a picture that is far too large, so that the page can say so.</summary>
    const long LargestForm = 16 << 20;

    public static void MapBrands(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/brands", (HttpContext context, BrandDesk desk) => desk.ListAsync(context)).For(Permit.Read);
        tenant.MapGet("/brands/new", (HttpContext context, BrandDesk desk) => desk.ShowNewAsync(context)).For(Permit.Brands);
        tenant.MapGet("/brands/{id}", (string id, HttpContext context, BrandDesk desk) => desk.ShowAsync(id, context)).For(Permit.Read);
        tenant.MapGet("/brands/{id}/mail", (string id, HttpContext context, BrandDesk desk) => desk.ShowMailAsync(id, context))
            .For(Permit.Read);
        tenant.MapGet("/brands/{id}/logo", (string id, HttpContext context, BrandDesk desk) => desk.ShowLogoAsync(id, context))
            .For(Permit.Read);
        Writing(tenant.MapPost("/brands/{id}", (string id, HttpContext context, BrandDesk desk) => desk.SaveAsync(id, context)));
        Looking(tenant.MapPost("/brands/{id}/mail", (string id, HttpContext context, BrandDesk desk) => desk.PreviewAsync(id, context)));
        Looking(tenant.MapPost("/brands/{id}/look", (Delegate)BrandDesk.LookAsync));
        tenant.MapPost("/brands/{id}/remove", (string id, HttpContext context, BrandDesk desk) => desk.RemoveAsync(id, context))
            .For(Permit.Brands);
    }

    /// <summary>It keeps nothing.</summary>
    static void Looking(RouteHandlerBuilder route) => route.For(Permit.Read).WithMetadata(new FormLimit(LargestForm));

    static void Writing(RouteHandlerBuilder route) => route.For(Permit.Brands).WithMetadata(new FormLimit(LargestForm));
}
