using System.Text;
using Waybill.Smtp.Capabilities;
using Waybill.Smtp.Replies;
using Waybill.Smtp.Wires;

namespace Waybill.Smtp.Authentication;

/// <summary>
/// AUTH (RFC 4954) by PLAIN or LOGIN, whichever is offered. Fails closed: without a protected connection (loopback aside) or without an
/// offer nothing is sent, neither credentials nor mail. What is secret reaches the wire and nothing else.
/// </summary>
sealed class SignIn(Wire wire, RelayEndpoint endpoint, EhloExtensions extensions, bool isSecured)
{
    readonly string user = Base64(endpoint.User ?? "");
    readonly string password = Base64(endpoint.Password ?? "");
    readonly string plain = Base64($"\0{endpoint.User}\0{endpoint.Password}");

    /// <summary>The relay's last words, once it was asked.</summary>
    public string Said { get; private set; } = "";

    public async ValueTask<RouteFault?> PerformAsync()
    {
        if (endpoint.User is null) return null;
        if (!isSecured && !wire.IsLoopback) return Fault(InClear());
        if (Mechanism() is not { } mechanism) return Fault(NothingToUse());
        wire.Hide(SecretWords.OfSignIn(endpoint.User, endpoint.Password)); // for good: a relay may repeat them in any later reply
        var reply = await mechanism().ConfigureAwait(false);
        Said = reply.ToString();
        return Classification.Judge(DialogueStage.SignIn, reply) == Verdict.Accepted
            ? null
            : Fault($"The relay {endpoint.Host} did not let {endpoint.User} sign in: {reply}", reply);
    }

    Func<ValueTask<Reply>>? Mechanism()
    {
        if (extensions.SignIns.Contains("PLAIN")) return PlainAsync;
        return extensions.SignIns.Contains("LOGIN") ? LoginAsync : null;
    }

    ValueTask<Reply> PlainAsync() => AskAsync($"AUTH PLAIN {plain}", "AUTH PLAIN [secret]");

    async ValueTask<Reply> LoginAsync()
    {
        var reply = await AskAsync("AUTH LOGIN", "AUTH LOGIN").ConfigureAwait(false);
        if (reply.Code == 334) reply = await AskAsync(user, "[user]").ConfigureAwait(false);
        if (reply.Code == 334) reply = await AskAsync(password, "[secret]").ConfigureAwait(false);
        return reply;
    }

    ValueTask<Reply> AskAsync(string command, string shown) => wire.AskAsync(command, shown: shown);

    string InClear() =>
        $"The connection to {endpoint.Host} is not protected by TLS, and credentials are sent in clear to a loopback address only.";

    string NothingToUse() => extensions.SignIns.Count == 0
        ? $"The relay {endpoint.Host} offers no sign-in (AUTH), and credentials are set for it."
        : $"The relay {endpoint.Host} offers no sign-in by PLAIN or LOGIN, only {string.Join(", ", extensions.SignIns)}.";

    static RouteFault Fault(string sentence, Reply? reply = null) => new(DialogueStage.SignIn, sentence, reply);

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
