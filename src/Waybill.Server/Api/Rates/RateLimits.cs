using System.Globalization;

namespace Waybill.Server.Api.Rates;

/// <summary>
/// How often a key, and a tenant with all of its keys, may ask this node. Each answer says where one stands, in the headers that Resend's
/// has; they tell of the limit that is nearer.
/// </summary>
/// <param name="ofKeys">For each key; null: no limit.</param>
/// <param name="ofTenants">For each tenant; null: no limit.</param>
/// <param name="clock">Measures.</param>
internal sealed class RateLimits(Rate? ofKeys, Rate? ofTenants, TimeProvider clock)
{
    readonly RateBook? keys = ofKeys is null ? null : new(ofKeys, clock);
    readonly RateBook? tenants = ofTenants is null ? null : new(ofTenants, clock);

    /// <summary>Null when the request may go on.</summary>
    /// <param name="context">The request, whose answer gets the headers.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="weight">Requests that it counts for.</param>
    public ApiError? Objection(HttpContext context, Caller caller, int weight = 1)
    {
        // The key first: what is too much for it is not counted against its tenant's other keys.
        var ofKey = keys?.Take(caller.Key.Id.Value, weight);
        if (ofKey is { IsOver: true } much)
        {
            if (weight > 1) GiveBack(caller, 1);
            return Refuse(context, much, "This API key");
        }

        var ofTenant = tenants?.Take(caller.Tenant.Value, weight);
        if (ofTenant is { IsOver: true } more)
        {
            keys?.GiveBack(caller.Key.Id.Value, weight);
            if (weight > 1) GiveBack(caller, 1);
            return Refuse(context, more, "This tenant");
        }

        if ((ofKey?.Remaining < ofTenant?.Remaining ? ofKey : ofTenant ?? ofKey) is { } nearer) Say(context, nearer);
        return null;
    }

    /// <summary>The request of a batch that is refused was counted for one already.</summary>
    void GiveBack(Caller caller, int weight)
    {
        keys?.GiveBack(caller.Key.Id.Value, weight);
        tenants?.GiveBack(caller.Tenant.Value, weight);
    }

    static void Say(HttpContext context, Standing standing)
    {
        var headers = context.Response.Headers;
        headers["ratelimit-limit"] = Text(standing.Limit);
        headers["ratelimit-remaining"] = Text(standing.Remaining);
        headers["ratelimit-reset"] = Text(Seconds(standing.Reset));
    }

    static ApiError Refuse(HttpContext context, Standing standing, string who)
    {
        Say(context, standing);
        context.Response.Headers.RetryAfter = Text(Math.Max(1, Seconds(standing.Wait)));
        return new(
            429, "rate_limit_exceeded",
            $"Too many requests. {who} may make {Text(standing.Limit)} requests per second; each email or event of a batch counts as one.");
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    static long Seconds(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds);
}
