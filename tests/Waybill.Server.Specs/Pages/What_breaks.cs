using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Storage;
using Waybill.Server.Admin.Access;
using Waybill.Server.Health;
using Waybill.Server.Http;

namespace Waybill.Server.Specs.Pages;

/// <summary>Our pipeline before routes that break, each in a way of its own.</summary>
public sealed class What_breaks : IAsyncLifetime
{
    const string Secret = "what only the log may say";

    WebApplication app = null!;
    HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<FullDisk>()
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        builder.Services.AddFormGuard();
        app = builder.Build();
        app.UseRequestIds();
        app.UseMiddleware<Failures>();
        app.UseRouting();
        foreach (var place in (string[])["/admin", "/v1", "/emails"]) MapBreaking(place);
        await app.StartAsync();
        client = new() { BaseAddress = new(app.Urls.Single()) };
    }

    [Theory]
    [InlineData("full", HttpStatusCode.InsufficientStorage, "The disk is full")]
    [InlineData("away", HttpStatusCode.ServiceUnavailable, "The database did not answer")]
    [InlineData("defect", HttpStatusCode.InternalServerError, "Something went wrong in Waybill")]
    [InlineData("page", HttpStatusCode.InternalServerError, "Something went wrong in Waybill")]
    [InlineData("large", HttpStatusCode.RequestEntityTooLarge, "This is too large")]
    public async Task Under_admin_is_told_on_a_page_with_its_headers(string what, HttpStatusCode expected, string title)
    {
        using var answer = await GetAsync("/admin/" + what);

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Equal((expected, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains($"<h1>{title}</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<link rel=\"stylesheet\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, page, StringComparison.Ordinal);
        Headers.ShouldBeHardened(answer);
    }

    [Theory]
    [InlineData("full")]
    [InlineData("away")]
    [InlineData("defect")]
    public async Task Names_the_id_that_the_log_has_it_under(string what)
    {
        using var answer = await GetAsync("/admin/" + what);

        Assert.Contains("under request at-3-am", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("at-3-am", Headers.Of(answer, "X-Request-Id"));
    }

    [Fact]
    public async Task Is_told_in_the_readers_language()
    {
        using var answer = await GetAsync("/admin/away", "de");

        Assert.Contains("Die Datenbank hat nicht geantwortet", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_the_cookies_of_what_was_made_all_the_same()
    {
        using var answer = await GetAsync("/admin/defect");

        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("made=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_told_plainly_where_not_even_a_page_can_be_made()
    {
        using var answer = await GetAsync("/admin/ring");

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.InternalServerError, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("<main><h1>Something went wrong in Waybill</h1>", page, StringComparison.Ordinal);
        Headers.ShouldBeHardened(answer);
    }

    [Theory]
    [InlineData("/emails/", "application/json")]
    [InlineData("/v1/", "application/problem+json")]
    public async Task Of_the_API_is_told_as_before(string place, string type)
    {
        foreach (var (what, status) in new[] { ("full", 507), ("away", 503), ("defect", 500), ("large", 413) })
        {
            using var answer = await GetAsync(place + what);
            Assert.Equal((status, type), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.False(answer.Headers.Contains("Content-Security-Policy"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    void MapBreaking(string place)
    {
        app.MapGet(place + "/full", string () => throw new StorageFullException(new IOException(Secret)));
        app.MapGet(place + "/away", string () => throw new StorageUnavailableException(new IOException(Secret)));
        app.MapGet(place + "/large", string () => throw new BadHttpRequestException(Secret, 413));
        app.MapGet(place + "/page", (HttpContext context) => Admin.Pages.Page<BreakingPage>(context, new { }));
        app.MapGet(place + "/defect", string (HttpContext context) =>
        {
            context.Response.Cookies.Append("made", "all the same");
            throw new InvalidOperationException(Secret);
        });
        app.MapGet(place + "/ring", string (HttpContext context) =>
        {
            context.Features.Set<Visitor>(
                new(new(default, "ann@example.org", "Ann", "en", HasTotp: false), default, null, null, Tenants: null!));
            throw new InvalidOperationException(Secret);
        });
    }

    async Task<HttpResponseMessage> GetAsync(string path, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Request-Id", "at-3-am");
        request.Headers.Add("Accept-Language", language);
        return await client.SendAsync(request);
    }

    /// <summary>Breaks when half of it is written.</summary>
    sealed class BreakingPage : ComponentBase
    {
        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            builder.AddContent(0, "The beginning");
            throw new InvalidOperationException(Secret);
        }
    }
}
