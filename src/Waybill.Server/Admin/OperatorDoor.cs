using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Waybill.Server.Admin;

/// <summary>
/// Lets the operator in by the link that the console prints, until there are accounts. Link and sessions live as long as the process.
/// </summary>
internal sealed class OperatorDoor
{
    const string Cookie = "__Host-waybill";

    readonly byte[] linkHash;
    readonly string link;
    readonly ConcurrentDictionary<string, bool> sessions = new(StringComparer.Ordinal);

    public OperatorDoor()
    {
        link = Fresh();
        linkHash = SHA256.HashData(Encoding.ASCII.GetBytes(link));
    }

    /// <summary>The link; whoever has it is the operator.</summary>
    public string Link(string address) => $"{address}/admin/enter/{link}";

    /// <summary>Trades the link's secret for a session cookie; false when it is not ours.</summary>
    public bool TryEnter(HttpContext context, string secret)
    {
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(secret)), linkHash)) return false;
        var session = Fresh();
        sessions[Named(session)] = true;
        context.Response.Cookies.Append(Cookie, session, new CookieOptions { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/" });
        return true;
    }

    /// <summary>Whether a request comes from somebody who entered.</summary>
    public bool IsOperator(HttpRequest request) => request.Cookies[Cookie] is { } session && sessions.ContainsKey(Named(session));

    static string Named(string session) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(session)));

    static string Fresh() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
}

/// <summary>Puts pages behind the door.</summary>
internal static class OperatorDoorRoutes
{
    const string PagePolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Asks for a session.</summary>
    public static RouteGroupBuilder ForOperators(this RouteGroupBuilder group) => group.WithMetadata(new OperatorsOnly());

    public static IApplicationBuilder UseOperatorDoor(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase)) Harden(context.Response.Headers);
        var isGuarded = context.GetEndpoint()?.Metadata.GetMetadata<OperatorsOnly>() is not null;
        if (!isGuarded || context.RequestServices.GetRequiredService<OperatorDoor>().IsOperator(context.Request)) await next(context);
        else await AdminPages.SignInHintAsync(context);
    });

    static void Harden(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
    }
}

/// <summary>Marks what only the operator sees.</summary>
internal sealed record OperatorsOnly;
