using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Books;
using Waybill.Engine.Acting;
using Waybill.RacketBook.Pages.Start;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Pages;

/// <summary>Binds a page to whose book it is about, before anything of it is read; who may not is told by a page.</summary>
static class PageBinding
{
    /// <summary>For the pages of a book. Who was invited says who they are first.</summary>
    internal static TBuilder OnPagesOfABook<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.After(async context =>
    {
        var access = await AccessAsync(context);
        switch (await context.RequestServices.GetRequiredService<StringerScopes>().EnterAsync(context, access))
        {
            case ScopeOutcome.Bound(var scope, var stringer):
                context.Features.Set(scope);
                context.Features.Set(
                    new BookScene(
                        stringer, scope.Kind == ActorKind.Admin,
                        access.IsAdmin)
                    { IsReader = scope.Kind == ActorKind.Member && access.IsReader });
                return IsToIntroduceThemselves(context, stringer) ? BookAnswers.SeeOther(context, SettingsPath) : null;
            case ScopeOutcome.Refused(var status, var code, _):
                context.Features.Set(new BookScene(null, IsElsewhere: false, access.IsAdmin));
                return status == 404 ? BookAnswers.Missing(context) : await StartPages.NoBookAsync(context, access, code);
            case var other:
                throw new System.Diagnostics.UnreachableException($"No binding for {other.GetType().Name}.");
        }
    });

    /// <summary>For an admin's pages, which are in no book.</summary>
    internal static TBuilder OnPagesOfAdmins<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.After(async context =>
    {
        var access = await AccessAsync(context);
        context.Features.Set(new BookScene(access.Own, IsElsewhere: false, access.IsAdmin));
        return access.IsAdmin ? null : await StartPages.NoBookAsync(context, access, "admin_only");
    });

    /// <summary>For who has no book yet.</summary>
    internal static TBuilder OnPagesOfNobody<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.After(async context =>
    {
        var access = await AccessAsync(context);
        context.Features.Set(new BookScene(access.Own, IsElsewhere: false, access.IsAdmin));
        return null;
    });

    const string SettingsPath = "/settings";

    static bool IsToIntroduceThemselves(HttpContext context, Stringer stringer) =>
        stringer.Status == StringerStatus.Invited
            && !context.Request.Path.StartsWithSegments(BookScene.Root + SettingsPath, StringComparison.OrdinalIgnoreCase)
        && BookScene.Of(context) is { IsElsewhere: false, IsReader: false };

    static async Task<StringerAccess> AccessAsync(HttpContext context)
    {
        var access = await context.RequestServices.GetRequiredService<StringerScopes>()
            .FindAsync(BookVisitor.Of(context), context.RequestAborted);
        context.Features.Set(access);
        return access;
    }
}
