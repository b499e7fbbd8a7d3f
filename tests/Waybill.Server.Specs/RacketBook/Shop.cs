using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.RacketBook;

/// <summary>All specs about RacketBook's pages share one server: with the demo, and the owner's own book with a few jobs in it.</summary>
[CollectionDefinition(nameof(Shop))]
public sealed class TheShopIsOpen : ICollectionFixture<Shop>;

/// <summary>The server, and a browser before it for those who look.</summary>
public sealed partial class Shop : IAsyncLifetime
{
    public const string Password = "a lamp on the stairs";

    SmtpSink sink = null!;
    Chromium? chromium;
    IReadOnlyList<IPage>? pages;
    int people;

    public ServerProcess Server { get; private set; } = null!;

    /// <summary>The owner, whose book is open.</summary>
    public OperatorClient Owner { get; private set; } = null!;

    /// <summary>An order of the owner's that was emitted twice.</summary>
    public string Order { get; private set; } = "";

    /// <summary>The tenant of the stringer that was invited last.</summary>
    public string Newest => $"stringer{people}";

    /// <summary>The demo's stringer.</summary>
    public string Demo { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        sink = await SmtpSink.StartAsync(keep: true); // an invitation's link is in its mail alone
        Server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Demo"] = "true",
            ["SMTP_HOST"] = "127.0.0.1",
            ["SMTP_PORT"] = sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["SMTP_SECURITY"] = "none",
        });
        Owner = await OperatorClient.EnterAsync(Server);
        await Owner.GetAsync("/racketbook");
        (await Owner.PostAsync("/racketbook/open", [])).Dispose();
        Demo = AsStringer().Match((await Owner.GetAsync("/racketbook/stringers")).Text).Groups["id"].Value;
        (await Owner.PostAsync(
            "/racketbook/catalogue/strings/new", new() { ["maker"] = "Babolat", ["model"] = "RPM Blast", ["gauge"] = "1.25" })).Dispose();
        Order = await WriteJobAsync(Owner, Job(("then", "strung")));
        (await Owner.PostAsync(Order + "/resend", [])).Dispose();
        await WriteJobAsync(
            Owner,
            Job(("client_first_name", "Carla"), ("client_email", ""), ("comment", "مرحبا 👩‍🚀 <b>bold</b> " + new string('x', 90))));
    }

    /// <summary>The form of a new job with a new client and a new racket, some of it otherwise.</summary>
    public static Dictionary<string, string> Job(params ReadOnlySpan<(string Name, string Value)> otherwise)
    {
        Dictionary<string, string> form = new(StringComparer.Ordinal)
        {
            ["client_id"] = "",
            ["client_first_name"] = "Ann",
            ["client_last_name"] = "Meier",
            ["client_email"] = $"ann{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}@example.org",
            ["racket_id"] = "",
            ["racket_maker"] = "Wilson",
            ["racket_model"] = "Blade 98",
            ["racket_serial"] = "45",
            ["main_string_id"] = "",
            ["main_maker"] = "Luxilon",
            ["main_model"] = "Alu Power",
            ["main_tension"] = "24",
            ["main_price"] = "10",
            ["cross_tension"] = "23",
            ["cross_same"] = "true",
            ["labour"] = "25",
            ["then"] = "ordered",
        };
        foreach (var (name, value) in otherwise) form[name] = value;
        return form;
    }

    /// <summary>Writes a job down; gives its page.</summary>
    public static async Task<string> WriteJobAsync(OperatorClient client, Dictionary<string, string> form)
    {
        await client.GetAsync("/racketbook/orders/new");
        using var answer = await client.PostAsync("/racketbook/orders/new", form);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await client.ReadAsync(answer));
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>Somebody new who was invited as a stringer, accepted, and is signed in; nothing more.</summary>
    /// <param name="meanwhile">What happens to their tenant before they accept.</param>
    public async Task<(OperatorClient Client, HttpResponseMessage Welcome)> InviteAsync(Func<string, Task>? meanwhile = null)
    {
        var email = $"stringer{Interlocked.Increment(ref people)}@example.org";
        await Owner.GetAsync("/racketbook/stringers/new");
        using var invited =
            await Owner.PostAsync("/racketbook/stringers/new", new() { ["email"] = email, ["display_name"] = "", ["locale"] = "en" });
        Assert.Equal(HttpStatusCode.SeeOther, invited.StatusCode);
        if (meanwhile is not null) await meanwhile(Newest);
        var link = await LinkToAsync(email);
        var client = OperatorClient.Stranger(Server);
        await client.GetAsync(link);
        return (client, await client.PostAsync(link, new() { ["name"] = "Bea", ["language"] = "en", ["password"] = Password }));
    }

    /// <summary>A stringer at work, with a book of their own.</summary>
    public async Task<OperatorClient> JoinAsync()
    {
        var (client, welcome) = await InviteAsync();
        welcome.Dispose();
        await client.GetAsync("/racketbook/settings");
        using var saved =
            await client.PostAsync(
                "/racketbook/settings",
                new() { ["display_name"] = "Bea’s strings", ["locale"] = "en", ["labour"] = "30", ["version"] = "1" });
        Assert.Equal("/racketbook", saved.Headers.Location?.OriginalString);
        await client.GetAsync("/racketbook");
        return client;
    }

    /// <summary>Somebody with a role in the tenant of a stringer.</summary>
    public async Task<OperatorClient> JoinAsync(string tenant, string role)
    {
        var link = await Accounts.AccountsServer.InviteAsync(Owner, $"{role}.of.{tenant}@example.org", role, "/admin/t/" + tenant);
        var client = OperatorClient.Stranger(Server);
        await client.GetAsync(link);
        using var joined = await client.PostAsync(link, new() { ["name"] = "Vic", ["language"] = "en", ["password"] = Password });
        Assert.Equal("/racketbook", joined.Headers.Location?.OriginalString);
        await client.GetAsync("/admin/account"); // for the token of its forms
        return client;
    }

    /// <summary>The owner's pages in a browser: on a phone, on a desk.</summary>
    public async Task<IReadOnlyList<IPage>> PagesAsync() => pages ??= [await EnterAsync(360), await EnterAsync(1440)];

    /// <summary>A page of the owner, signed in.</summary>
    public async Task<IPage> EnterAsync(int width, bool isDark = false, bool isScripted = true)
    {
        chromium ??= await Chromium.StartAsync();
        var page = await chromium.OpenAsync(width, isDark, isScripted);
        await page.GotoAsync(At("/admin/sign-in"));
        await page.FillAsync("[name=email]", ServerProcess.OwnerEmail);
        await page.FillAsync("[name=password]", ServerProcess.OwnerPassword);
        await page.PressAsync("[name=password]", "Enter");
        await page.WaitForSelectorAsync("[action='/admin/sign-out']", new() { State = WaitForSelectorState.Attached });
        return page;
    }

    public string At(string path) => new Uri(Server.Address, path).AbsoluteUri;

    /// <summary>A path with what stands for something in it: <c>{order}</c>, <c>{demo}</c>, <c>{emit}</c>.</summary>
    public async Task<string> ResolveAsync(string path)
    {
        var emits = path.Contains("{emit", StringComparison.Ordinal) ? Emit().Matches((await Owner.GetAsync(Order)).Text) : null;
        return path.Replace("{order}", Order["/racketbook/orders/".Length..], StringComparison.Ordinal)
            .Replace("{demo}", Demo, StringComparison.Ordinal)
            .Replace("{emit}", emits?[0].Groups["id"].Value, StringComparison.Ordinal)
            .Replace("{emit2}", emits?[^1].Groups["id"].Value, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        if (chromium is not null) await chromium.DisposeAsync();
        await Server.DisposeAsync();
        await sink.DisposeAsync();
    }

    Task<string> LinkToAsync(string email) =>
        Eventually.GetAsync($"an invitation to {email}", () => Task.FromResult(Directory.GetFiles(sink.MessageFolder)
        .Select(path => File.ReadAllText(path).Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal))
        .Where(mail => mail.Contains($"To: {email}", StringComparison.Ordinal) || mail.Contains($"To: <{email}>", StringComparison.Ordinal))
        .Select(mail => Invitation().Match(mail) is { Success: true } link ? link.Value : null)
        .FirstOrDefault(link => link is not null)));

    [GeneratedRegex("as_stringer=(?<id>[0-9a-f-]{36})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AsStringer();

    [GeneratedRegex("/emits/(?<id>[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Emit();

    [GeneratedRegex("/admin/invite/[A-Za-z0-9_-]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Invitation();
}
