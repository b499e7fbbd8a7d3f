namespace Waybill.Server.Admin;

/// <summary>Where a page can be asked for again: one that answered a form has perhaps no address of its own.</summary>
internal static class WayBack
{
    /// <summary>The page itself; where only a form leads to it, the page above it, which has the form.</summary>
    public static string From(HttpContext context)
    {
        var path = context.Request.Path.ToString();
        if (IsPage(context)) return path + context.Request.QueryString;
        return path.LastIndexOf('/') is > 0 and var end ? path[..end] : path;
    }

    /// <summary>Whether what was asked for can be asked for by a link.</summary>
    public static bool IsPage(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) return true;
        var pattern = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        return context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Any(endpoint =>
            endpoint.RoutePattern.RawText == pattern
            && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get) == true);
    }
}
