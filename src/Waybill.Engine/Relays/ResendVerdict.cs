using System.Text.Json;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;

namespace Waybill.Engine.Relays;

/// <summary>
/// What an answer of Resend's API means. Worth another try: 408, 429, 5xx, a redirect (somebody stands between us), a repetition that came
/// too early (409). Never: the other 4xx, those about the key among them, which name the setting. An answer that is none after the message
/// was sent leaves its outcome unknown.
/// </summary>
internal static class ResendVerdict
{
    const int LongestReply = 1_000;

    /// <summary>No server's word keeps a message waiting for longer.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Judges an answer.</summary>
    /// <param name="account">Whose answer it is.</param>
    /// <param name="status">Its status code.</param>
    /// <param name="retryAfter">How long it asks to wait.</param>
    /// <param name="body">Its body.</param>
    public static AttemptOutcome Judge(ResendAccount account, int status, TimeSpan? retryAfter, string body)
    {
        var (id, name, message) = Read(body);
        var reply = Printable(account.WithoutKey($"{status} {name}{(name is null || message is null ? "" : ": ")}{message}").Trim());
        return status switch
        {
            >= 200 and < 300 when id is not null => new AttemptOutcome.Accepted(Printable(account.WithoutKey($"{status} id {id}"))),
            >= 200 and < 300 =>
                new AttemptOutcome.Unknown(
                    $"{account} answered {status} with something that is no answer of Resend's API.")
                { IsSafeToRepeat = true },
            401 or 403 => new AttemptOutcome.Refused($"{reply} (check {account.KeyName})"),
            404 or 405 => new AttemptOutcome.Refused($"{reply} (is {account} the address of Resend's API?)"),
            // it has a message of ours under this key, and not quite this one
            409 when name == "invalid_idempotent_request" => new AttemptOutcome.Unknown(reply),
            408 or 409 or 429 or < 200 or (>= 300 and < 400) or >= 500 =>
                new AttemptOutcome.Deferred(reply) { RetryAfter = Shorter(retryAfter), Cause = Cause(status) },
            _ => new AttemptOutcome.Refused(reply),
        };
    }

    static Deferral Cause(int status) => status switch
    {
        429 => Deferral.RateLimit,
        >= 500 => Deferral.ServerError,
        _ => Deferral.TemporaryReply,
    };

    static TimeSpan? Shorter(TimeSpan? wait) => wait > LongestWait ? LongestWait : wait;

    static (string? Id, string? Name, string? Message) Read(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? (Text(json, "id"), Text(json, "name"), Text(json, "message"))
                : (null, null, null);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return (null, null, null);
        }
    }

    static string? Text(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>On one line, without what a terminal could take for a command.</summary>
    static string Printable(string text)
    {
        var line = string.Create(Math.Min(text.Length, LongestReply), text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
        return line;
    }
}
