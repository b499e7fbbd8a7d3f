using Microsoft.AspNetCore.Http.Features;
using Waybill.Server.Api;
using Waybill.Server.Control;

namespace Waybill.Server.Bodies;

/// <summary>Puts every body under the watch of pace and budget before anybody reads it.</summary>
internal static class BodyRoutes
{
    /// <summary>Of what is read by nobody's own limit: as much as the largest form.</summary>
    const long LargestOfOthers = 16 << 20;

    /// <summary>Runs after routing, before what may read.</summary>
    public static IApplicationBuilder UsePacedBodies(this IApplicationBuilder app)
    {
        var (pace, budget, clock) = (
            app.ApplicationServices.GetRequiredService<BodyPace>(), app.ApplicationServices.GetRequiredService<BodyBudget>(),
            app.ApplicationServices.GetRequiredService<TimeProvider>());
        return app.Use((context, next) =>
        {
            if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }) Watch(context, pace, budget, clock);
            return next(context);
        });
    }

    static void Watch(HttpContext context, BodyPace pace, BodyBudget budget, TimeProvider clock)
    {
        // Who owns the data may bring a file of any size by the socket.
        var isOwner = context.Request.Path.StartsWithSegments(ControlRoutes.Prefix, StringComparison.OrdinalIgnoreCase);
        // it has limits of its own, and tells of them
        var isJson = context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is not null;
        var body = new PacedBody(
            context, context.Request.BodyReader, pace, isOwner ? null : budget,
            clock)
        { MaxRequestBodySize = isOwner || isJson ? null : LargestOfOthers };
        context.Request.Body = body;
        context.Features.Set<IHttpMaxRequestBodySizeFeature>(body);
    }
}
