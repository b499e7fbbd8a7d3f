using System.Net;
using Waybill.Engine.Accounts;
using Waybill.Server.Admin.Access;

namespace Waybill.Server.Specs.Accounts;

/// <summary>The matrix of every route of /admin, every role, and tenants that are theirs and not: made from the program's own table of routes.</summary>
[Collection(nameof(AccountsServer))]
public sealed class Who_may_open_what(AccountsServer accounts)
{
    const string Nobody = "nobody";

    [Fact]
    public void Is_said_by_every_route() => Assert.All(AdminRoutes.All, route => Assert.NotNull(route.Admission));

    [Fact]
    public void Leaves_open_what_leads_to_a_session_and_nothing_else() => Assert.Equal(
        [
            "GET /admin/first/{token}", "GET /admin/invite/{token}", "GET /admin/reset", "GET /admin/reset/{token}", "GET /admin/sign-in", "GET /admin/sign-in/code",
            "POST /admin/first/{token}", "POST /admin/invite/{token}", "POST /admin/look", "POST /admin/reset", "POST /admin/reset/{token}",
            "POST /admin/sign-in", "POST /admin/sign-in/code", "POST /admin/sign-in/passkey", "POST /admin/sign-in/passkey/question",
        ],
        AdminRoutes.All.Where(route => route.Admission is Admission.Open).Select(route => route.ToString()).Order(StringComparer.Ordinal));

    [Fact]
    public void Asks_for_a_tenants_role_or_the_instances_on_every_page_of_theirs() => Assert.All(
        AdminRoutes.All.Where(route => route.Template.StartsWith("/admin/t/", StringComparison.Ordinal) || route.Template.StartsWith("/admin/instance/", StringComparison.Ordinal)),
        route => Assert.IsType<Admission.Allowed>(route.Admission));

    [Theory]
    [InlineData("viewer", "/admin/t/default")]
    [InlineData("developer", "/admin/t/default")]
    [InlineData("operator", "/admin/t/default")]
    [InlineData("owner", "/admin/t/default")]
    [InlineData("owner", "/admin/t/elsewhere")]
    [InlineData("operator", "/admin/instance")]
    [InlineData(Nobody, "")]
    public async Task Is_decided_by_role_and_tenant(string role, string place)
    {
        using var client = role == Nobody ? OperatorClient.Stranger(accounts.Server) : (await accounts.JoinAsync(role, place)).Client;
        foreach (var route in AdminRoutes.All.Where(IsSafeToTry))
        {
            using var answer = await SendAsync(client, route, "default");
            Judge(route, answer, role == Nobody ? null : Roles.Find(role)!.Value, place);
        }
    }

    [Fact]
    public async Task Is_all_of_it_for_an_owner_of_the_instance()
    {
        using var client = await OperatorClient.EnterAsync(accounts.Server);
        foreach (var route in AdminRoutes.All.Where(IsSafeToTry))
        {
            using var answer = await SendAsync(client, route, "elsewhere");
            ShouldBeLetIn(route, answer);
        }
    }

    [Fact]
    public async Task Is_nothing_for_a_form_without_its_token()
    {
        using var client = await OperatorClient.EnterAsync(accounts.Server);
        foreach (var route in AdminRoutes.All.Where(route => route.Method != "GET"))
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("name", "x")]);
            using var request = new HttpRequestMessage(new(route.Method), route.Path("default")) { Content = form };
            using var answer = await client.Http.SendAsync(request);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{route}: {answer.StatusCode}");
        }
    }

    /// <summary>All but what ends the session that tries it.</summary>
    static bool IsSafeToTry(AdminRoute route) => route.Template is not "/admin/sign-out" && route.Admission is not Admission.Open;

    /// <summary>A form has no token: who may is told so (400), and nothing is changed.</summary>
    static async Task<HttpResponseMessage> SendAsync(OperatorClient client, AdminRoute route, string tenant)
    {
        using var request = new HttpRequestMessage(new(route.Method), route.Path(tenant));
        if (route.Method != "GET") request.Content = new FormUrlEncodedContent([]);
        return await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    static void ShouldBeLetIn(AdminRoute route, HttpResponseMessage answer) => Assert.True(
        answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or >= HttpStatusCode.InternalServerError), $"{route}: {answer.StatusCode}");

    static void Judge(AdminRoute route, HttpResponseMessage answer, Role? role, string place)
    {
        var expected = (role, route.Admission) switch
        {
            (null, _) => route.Method == "GET" ? HttpStatusCode.Redirect : HttpStatusCode.Unauthorized,
            (_, Admission.SignedIn) => (HttpStatusCode?)null,
            _ when route.IsOfTenant && place == "/admin/t/elsewhere" => HttpStatusCode.NotFound,
            ({ } theirs, _) when route.IsFor(theirs, isOfInstance: place == "/admin/instance") => null,
            _ => HttpStatusCode.Forbidden,
        };
        if (expected is null) ShouldBeLetIn(route, answer);
        else Assert.True(expected == answer.StatusCode, $"{route}: {answer.StatusCode}, not {expected}");
        if (expected == HttpStatusCode.Redirect) Assert.StartsWith("/admin/sign-in", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
    }
}
