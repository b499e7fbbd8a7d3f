using Microsoft.AspNetCore.Http;
using Waybill.Engine.Acting;
using Waybill.Engine.Audit;
using Waybill.Engine.Tenancy;

namespace Waybill.RacketBook.Tenancy;

/// <summary>The stringer's book in which somebody works: every read and write names it, and sees nothing of another's.</summary>
public sealed record StringerScope : TenantScope
{
    /// <summary>Binds it.</summary>
    /// <exception cref="ArgumentException">No stringer is named.</exception>
    public StringerScope(
        TenantId stringer, Actor who, Guid actorId, ActorKind kind, string requestId) : base(stringer, who, actorId, kind, requestId) { }

    /// <summary>Of a tenant that is a stringer.</summary>
    public StringerScope(TenantScope scope) : base(scope) { }

    /// <summary>For what an admin does to a stringer's book outside of a request.</summary>
    public static StringerScope Of(TenantId stringer, Actor admin) =>
        new(stringer, admin, admin.Person?.Value ?? Guid.Empty, ActorKind.Admin, "");

    /// <summary>Of the present request, whose filter has bound it.</summary>
    /// <exception cref="InvalidOperationException">None is bound.</exception>
    public static ValueTask<StringerScope> BindAsync(HttpContext context) =>
        new(context.Features.Get<StringerScope>() ?? throw new InvalidOperationException("No stringer is bound."));

    /// <summary>Whose book it is.</summary>
    public TenantId Stringer => Tenant;
}
