namespace Waybill.Server.Admin.Access;

/// <summary>What a form answers when it did what was asked: go and look (303), so that going back and reloading repeat nothing.</summary>
internal sealed class SeeOther(string path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
