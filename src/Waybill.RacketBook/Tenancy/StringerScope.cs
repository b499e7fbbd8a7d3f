using Microsoft.AspNetCore.Http;
using Waybill.Engine.Accounts;
using Waybill.Engine.Tenancy;

namespace Waybill.RacketBook.Tenancy;

/// <summary>
/// The book in which somebody works: every read and write names it, and sees nothing of another's. There is none without a stringer.
/// </summary>
public sealed record StringerScope
{
    /// <summary>Binds it.</summary>
    /// <exception cref="ArgumentException">No stringer is named: nothing is read or written unbound.</exception>
    public StringerScope(TenantId stringer, Actor who, Guid actorId, ActorKind kind, string requestId)
    {
        if (stringer == TenantId.Everybody) throw new ArgumentException("No stringer is bound: nothing of RacketBook is read or written without one.", nameof(stringer));
        (Stringer, Who, ActorId, Kind, RequestId) = (stringer, who, actorId, kind, requestId);
    }

    /// <summary>For what an admin does to a stringer's book outside of a request.</summary>
    public static StringerScope Of(TenantId stringer, Actor admin) => new(stringer, admin, admin.Person?.Value ?? Guid.Empty, ActorKind.Admin, "");

    /// <summary>Of the present request, whose filter has bound it.</summary>
    /// <exception cref="InvalidOperationException">None is bound.</exception>
    public static ValueTask<StringerScope> BindAsync(HttpContext context) => new(context.Features.Get<StringerScope>() ?? throw new InvalidOperationException("No stringer is bound."));

    /// <summary>Whose book it is.</summary>
    public TenantId Stringer { get; }

    /// <summary>Who works in it.</summary>
    public Actor Who { get; }

    /// <summary>Their stringer's id; the person's or the key's, where they are no stringer.</summary>
    public Guid ActorId { get; }

    /// <summary>As what.</summary>
    public ActorKind Kind { get; }

    /// <summary>The request, as logs and audits name it.</summary>
    public string RequestId { get; }
}
