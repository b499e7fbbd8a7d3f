using System.Net;
using System.Threading.RateLimiting;
using Waybill.Books;
using Waybill.Server.Api;
using Waybill.Server.Http;

namespace Waybill.Server.Admin.Access;

/// <summary>
/// How often somebody may try to come in from one net (an IPv4 address, a /64 of IPv6). This stands before all work, against floods;
/// guessing at one account is counted by the engine, on all nodes together.
/// </summary>
internal static class EntryLimits
{
    /// <summary>Passwords, codes and links.</summary>
    public const string Entering = "entering";

    /// <summary>Asking for a mail.</summary>
    public const string Asking = "asking";

    const int EntriesAMinute = 60;
    const int QuestionsAMinute = 10;

    public static IServiceCollection AddEntryLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.AddPolicy(Entering, context => PartitionOf(context, EntriesAMinute));
        options.AddPolicy(Asking, context => PartitionOf(context, QuestionsAMinute));
        options.AddPolicy(BookAccess.Anyone.Limit, OfRoute);
        options.OnRejected = (rejected, _) => RefuseAsync(rejected.HttpContext);
    });

    /// <summary>Each route of a book is counted by itself: none is kept from anybody by what they asked another.</summary>
    static RateLimitPartition<string> OfRoute(HttpContext context)
    {
        var route = context.GetEndpoint()!;
        return PartitionOf(context, ((BookAccess.Anyone)route.Metadata.GetMetadata<BookAccess>()!).PerMinute, $" {route.DisplayName}");
    }

    /// <summary>
    /// Who comes from this machine is not counted: behind a proxy that the settings do not name everybody does, and one of them could keep
    /// all others out.
    /// </summary>
    static RateLimitPartition<string> PartitionOf(HttpContext context, int permits, string route = "") =>
        context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address)
        ? RateLimitPartition.GetSlidingWindowLimiter(
            context.Machine().Net + route,
            _ => new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0 })
        : RateLimitPartition.GetNoLimiter("");

    static async ValueTask RefuseAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "60";
        if (context.RequestServices.GetRequiredService<BookPaths>().FindApi(context.Request.Path) is not null)
        {
            await new ApiError(429, "rate_limit_exceeded", "Too many requests from your address. Try again in a minute.").ExecuteAsync(
                context);
            return;
        }

        PageHeaders.Harden(context.Response.Headers);
        await Refusals.Page(context, "rate", StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
    }
}
