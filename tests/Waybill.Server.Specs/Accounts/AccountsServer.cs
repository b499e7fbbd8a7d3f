using System.Net;
using System.Text.RegularExpressions;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Accounts;

/// <summary>The specs about people share one server, whose mails arrive, and which takes a proxy's word for who asks.</summary>
[CollectionDefinition(nameof(AccountsServer))]
public sealed class PeopleComeAndGo : ICollectionFixture<AccountsServer>;

/// <summary>A server with people in it. Each spec brings its own.</summary>
public sealed partial class AccountsServer : IAsyncLifetime
{
    public const string Password = "a lamp on the stairs";

    SmtpSink sink = null!;
    int people;

    public ServerProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        sink = await SmtpSink.StartAsync(keep: true);
        Server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SMTP_HOST"] = "127.0.0.1",
            ["SMTP_PORT"] = sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["SMTP_SECURITY"] = "none",
            ["Server__TrustedProxies"] = "127.0.0.1",
        });
        await Server.MakeKeyAsync("elsewhere");
    }

    /// <summary>An address that nobody had before.</summary>
    public string NewEmail() => $"person{Interlocked.Increment(ref people)}@example.org";

    /// <summary>Invites somebody as the owner, and gives the link.</summary>
    public async Task<string> InviteAsync(string email, string role = "developer", string place = "/admin/t/default")
    {
        using var owner = await OperatorClient.EnterAsync(Server);
        return await InviteAsync(owner, email, role, place);
    }

    /// <summary>Invites somebody as an owner of the instance, and gives the link.</summary>
    public static async Task<string> InviteAsync(OperatorClient owner, string email, string role, string place)
    {
        await owner.GetAsync(place + "/people");
        using var answer = await owner.PostAsync(place + "/people/invite", new() { ["email"] = email, ["role"] = role });
        return LinkIn(await owner.ReadAsync(answer)) ?? throw new InvalidOperationException($"No link: {answer.StatusCode}");
    }

    /// <summary>Somebody new who accepted an invitation and is signed in.</summary>
    public async Task<(OperatorClient Client, string Email)> JoinAsync(
        string role, string place = "/admin/t/default", string name = "Ann", string language = "en")
    {
        var email = NewEmail();
        var link = await InviteAsync(email, role, place);
        var client = OperatorClient.Stranger(Server);
        await client.GetAsync(link);
        using var answer = await client.PostAsync(link, new() { ["name"] = name, ["language"] = language, ["password"] = Password });
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return (client, email);
    }

    /// <summary>The mails that somebody got, with soft line breaks taken out.</summary>
    public IReadOnlyList<string> MailsTo(string email) =>
    [
        .. Directory.GetFiles(sink.MessageFolder)
            .Select(File.ReadAllText)
            .Where(mail => mail.Split('\n').Any(line => line.StartsWith("To: ", StringComparison.Ordinal)
                && (line.Contains(' ' + email, StringComparison.Ordinal) || line.Contains('<' + email, StringComparison.Ordinal))))
            .Select(mail => mail.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal)),
    ];

    /// <summary>The first mail to somebody that says this, once it is there.</summary>
    public Task<string> MailAsync(string email, string said) => Eventually.GetAsync(
        $"a mail to {email} that says {said}",
        () => Task.FromResult(MailsTo(email).FirstOrDefault(mail => mail.Contains(said, StringComparison.Ordinal))));

    /// <summary>The link of an invitation or a reset; null: there is none.</summary>
    public static string? LinkIn(string text) => Link().Match(text) is { Success: true } found ? found.Value : null;

    public async ValueTask DisposeAsync()
    {
        if (Server is not null) await Server.DisposeAsync();
        if (sink is not null) await sink.DisposeAsync();
    }

    [GeneratedRegex("http://[0-9.:]+/admin/(invite|reset)/[A-Za-z0-9_-]{43}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
