using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Waybill.Testing;

namespace Waybill.Server.Specs.Cabinet;

/// <summary>The owner at the pages of one tenant, without a script: what they ask for and what they send.</summary>
internal sealed partial class CabinetVisit : IDisposable
{
    readonly OperatorClient door;

    CabinetVisit(ServerProcess server, OperatorClient door, string tenant) => (Server, this.door, Tenant) = (server, door, tenant);

    public ServerProcess Server { get; }

    public string Tenant { get; }

    /// <summary>The first tenant's, whose relays may be on this machine.</summary>
    public static async Task<CabinetVisit> OpenFirstAsync(SharedServer shared) =>
        new(await shared.ServerAsync(), await OperatorClient.EnterAsync(await shared.ServerAsync()), "default");

    /// <summary>Those of a tenant of their own, whose lists nobody else writes to.</summary>
    public static async Task<CabinetVisit> OpenAsync(SharedServer shared)
    {
        var server = await shared.ServerAsync();
        var cabinet = new CabinetVisit(
            server, await OperatorClient.EnterAsync(server),
            "cabinet-" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(5)));
        await cabinet.door.GetAsync("/admin/instance/tenants");
        using var made =
            await cabinet.door.PostAsync("/admin/instance/tenants", new() { ["name"] = cabinet.Tenant, ["time_zone"] = "Europe/Zurich" });
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        return cabinet;
    }

    /// <summary>A page of the tenant; one that begins with a slash is any page.</summary>
    public async Task<string> ReadAsync(string page)
    {
        var (status, text) = await door.GetAsync(PathOf(page));
        Assert.Equal(HttpStatusCode.OK, status);
        return text;
    }

    public async Task<HttpStatusCode> StatusOfAsync(string page) => (await door.GetAsync(PathOf(page))).Status;

    /// <summary>Sends a form and reads where it leads, or the page that came back with what is wrong.</summary>
    public async Task<Sent> SendAsync(string page, Dictionary<string, string> fields)
    {
        await door.GetAsync(PathOf("settings")); // for a token
        using var answer = await door.PostAsync(PathOf(page), fields);
        if (answer.StatusCode != HttpStatusCode.SeeOther) return new(answer.StatusCode, await door.ReadAsync(answer), "");
        var to = answer.Headers.Location!.ToString();
        return new(answer.StatusCode, (await door.GetAsync(to)).Text, to);
    }

    /// <summary>The full key of the tenant that a program of its would have.</summary>
    public async Task<HttpClient> ProgramAsync()
    {
        var sent = await SendAsync("keys", new() { ["name"] = "program", ["scopes"] = "full" });
        return Server.ClientWith(KeyIn(sent.Text));
    }

    /// <summary>The acts that the audit has of this tenant, newest first.</summary>
    public async Task<IReadOnlyList<string>> ActsAsync() =>
        [.. Act().Matches(await ReadAsync("audit")).Select(act => act.Groups["act"].Value)];

    public static string KeyIn(string page) => Key().Match(page).Value;

    public string PathOf(string page) => page.StartsWith('/') ? page : $"/admin/t/{Tenant}/{page}";

    public void Dispose() => door.Dispose();

    [GeneratedRegex("audit\\?act=(?<act>[a-z.-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Act();

    [GeneratedRegex("wb_[A-Za-z0-9_-]{16,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();
}

/// <summary>What became of a form.</summary>
/// <param name="Status">303: taken.</param>
/// <param name="Text">The page after it.</param>
/// <param name="To">Where it led; empty: nowhere.</param>
internal sealed record Sent(HttpStatusCode Status, string Text, string To)
{
    public bool IsTaken => Status == HttpStatusCode.SeeOther;

    /// <summary>The faults beside the fields, by the field's name.</summary>
    public string? FaultOf(string field) =>
        Regex.Match(
            Text, $"id=\"f-{field}-fault\">.*?</svg> (?<text>[^<]*)<", RegexOptions.Singleline,
            TimeSpan.FromSeconds(1)) is { Success: true } fault ? fault.Groups["text"].Value : null;
}

/// <summary>What people type who mean no good, or just mean something else.</summary>
internal static class HostileNames
{
    public static TheoryData<string> All =>
        ["مرحبا بالعالم \u202Edrow\u202C", "👩‍🚀 naïve 漢字 \"quoted\" & <b>bold</b>", "'; DROP TABLE relays; --",
            "<script>alert(1)</script>"];

    /// <summary>As it has to stand in a page's source.</summary>
    public static string InSource(string name) => System.Text.Encodings.Web.HtmlEncoder.Default.Encode(name);

    public static string Endless => string.Create(CultureInfo.InvariantCulture, $"{new string('é', 9_999)}x");
}
