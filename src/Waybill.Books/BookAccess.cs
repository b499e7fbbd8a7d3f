using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Waybill.Books;

/// <summary>Who reaches a route of a book.</summary>
public abstract record BookAccess
{
    private BookAccess() { }

    /// <summary>A program with a key of this scope, or a person who is signed in.</summary>
    public sealed record Api(string Scope) : BookAccess;

    /// <summary>A person who is signed in; others are led to where they can.</summary>
    /// <param name="LargestForm">Octets of a form; null: the usual.</param>
    public sealed record Page(long? LargestForm = null) : BookAccess;

    /// <summary>Anybody, without a key or a session. There is no <see cref="BookVisitor"/> then.</summary>
    /// <param name="PerMinute">Requests a minute from one address (a /64 of IPv6); more are refused with 429.</param>
    public sealed record Anyone(int PerMinute) : BookAccess
    {
        /// <summary>The name of the rate limit, for the server that sets it up.</summary>
        public const string Limit = "anyone";
    }
}

/// <summary>What a book itself asks before its route is reached, once it is known who comes: null when nothing is in the way.</summary>
public sealed record BookObjection(Func<HttpContext, Task<IResult?>> FindAsync);

/// <summary>The words by which routes say so.</summary>
public static class BookAccessRoutes
{
    /// <summary>For programs and people.</summary>
    public static TBuilder ForApi<TBuilder>(this TBuilder route, string scope)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new BookAccess.Api(scope));

    /// <summary>After the book itself has had its say; of several the last one counts.</summary>
    public static TBuilder After<TBuilder>(this TBuilder route, Func<HttpContext, Task<IResult?>> objection)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new BookObjection(objection));

    /// <summary>For people, with a page.</summary>
    /// <param name="route">The page.</param>
    /// <param name="largestForm">Octets of its form; null: the usual.</param>
    public static TBuilder ForPeople<TBuilder>(this TBuilder route, long? largestForm = null)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new BookAccess.Page(largestForm));

    /// <summary>For anyone. Scripts of every site may call it too (CORS), without cookies.</summary>
    /// <param name="route">The route.</param>
    /// <param name="perMinute">Requests a minute from one address.</param>
    public static TBuilder ForAnyone<TBuilder>(this TBuilder route, int perMinute = 60)
        where TBuilder : IEndpointConventionBuilder => route
            .WithMetadata(new BookAccess.Anyone(perMinute))
            .RequireRateLimiting(BookAccess.Anyone.Limit)
            .RequireCors(policy => policy.AllowAnyOrigin().AllowAnyMethod().AllowAnyHeader());
}
