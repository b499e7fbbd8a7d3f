using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Books;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Api;

/// <summary>Binds a request of the API to whose book it is about, before anything of it is read.</summary>
static class Binding
{
    /// <summary>For what is a stringer's: the handler has a <see cref="StringerScope"/>.</summary>
    internal static TBuilder InABook<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.After(async context =>
    {
        var (scopes, access) = await AccessAsync(context);
        switch (await scopes.EnterAsync(context, access))
        {
            case ScopeOutcome.Bound(var scope, _):
                context.Features.Set(scope);
                return null;
            case ScopeOutcome.Refused(var status, var code, var sentence):
                return new BookProblem(status, code, sentence);
            case var other:
                throw new System.Diagnostics.UnreachableException($"No binding for {other.GetType().Name}.");
        }
    });

    /// <summary>For what is of all: the visitor is an admin.</summary>
    internal static TBuilder ForAdmins<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.After(async context =>
        (await AccessAsync(context)).Access.IsAdmin ? null : new BookProblem(403, "admin_only", "Only an admin may do this."));

    static async Task<(StringerScopes Scopes, StringerAccess Access)> AccessAsync(HttpContext context)
    {
        var scopes = context.RequestServices.GetRequiredService<StringerScopes>();
        var access = await scopes.FindAsync(BookVisitor.Of(context), context.RequestAborted);
        context.Features.Set(access);
        return (scopes, access);
    }
}
