using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using System.Text;
using Waybill.Engine.Fetching;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;
using Waybill.Mime;

namespace Waybill.Engine.Relays;

/// <summary>
/// Hands messages to Resend's HTTP API, or to a server that speaks it. Each goes under an Idempotency-Key, so that one whose answer got
/// lost can be sent again without harm.
/// </summary>
public sealed class ResendTransport : ITransport
{
    const int LongestAnswer = 16 * 1024;
    const int LongestShown = 2_000;

    /// <summary>How long a step may take: connecting, each piece of the message, and the answer after its last one.</summary>
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    internal static ProductInfoHeaderValue UserAgent { get; } = new(
        "Waybill", typeof(ResendTransport).Assembly.GetName().Version?.ToString(3));

    readonly ResendAccount account;
    readonly TimeProvider clock;
    readonly HttpMessageInvoker http;

    /// <summary>Makes it; nothing is connected before the first hand-over.</summary>
    /// <param name="account">Where, and the key.</param>
    /// <param name="sessions">Connections at a time.</param>
    /// <param name="clock">For time-outs.</param>
    /// <param name="guard">Where it may be; null: anywhere, for the operator named the address.</param>
    public ResendTransport(ResendAccount account, int sessions, TimeProvider clock, RelayGuard? guard = null)
    {
        Guard = guard;
        this.account = account;
        this.clock = clock;
        var handler = Connection.Handler();
        handler.MaxConnectionsPerServer = sessions;
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(10);
        http = new(handler);
    }

    /// <summary>Where the API is, and the key to it.</summary>
    internal ResendAccount Account => account;

    /// <summary>Where it may be; null: anywhere.</summary>
    internal RelayGuard? Guard { get; }

    /// <summary>The only way to it.</summary>
    internal GuardedConnection Connection => Guard is null ? GuardedConnection.Anywhere() : new(Guard.Addresses, Dns.GetHostAddressesAsync);

    /// <inheritdoc/>
    public string Name => "resend";

    /// <inheritdoc/>
    public string Sentence => $"Mail goes to Resend's API at {account}.";

    /// <inheritdoc/>
    public async Task<HandOverReport> HandOverAsync(Parcel parcel, CancellationToken cancellationToken)
    {
        var message = parcel.Message
            ?? throw new ArgumentException("Resend's API takes no MIME; the parcel must hold the message.", nameof(parcel));
        var outcomes = new Dictionary<int, AttemptOutcome>(parcel.Recipients.Count);
        var dialogue = new StringBuilder();
        var isReached = false;
        foreach (var letter in ResendLetter.Of(parcel, message))
        {
            var (outcome, wasReached) = await SendAsync(message, letter, parcel.LastLook, dialogue, cancellationToken);
            foreach (var position in letter.Positions) outcomes[position] = outcome;
            isReached |= wasReached;
        }

        return new(outcomes, dialogue.ToString()) { Unreached = isReached ? null : outcomes.Values.First().Reply };
    }

    async Task<(AttemptOutcome Outcome, bool IsReached)> SendAsync(
        MimeMessage message, ResendLetter letter, Action lastLook, StringBuilder dialogue, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Limit, clock);
        using var body = new ResendBody(message, letter, lastLook) { Progressed = () => late.CancelAfter(Limit) };
        await using var stopping = cancellationToken.Register(() =>
        {
            if (body.TryStop()) late.Cancel();
        });
        try
        {
            return (await AskAsync(body, letter.IdempotencyKey(message.MessageId), dialogue, late.Token), IsReached: true);
        }
        catch (Exception broken)
            when (broken is HttpRequestException or IOException or OperationCanceledException or InvalidDataException or StorageException)
        {
            if (body.Failure is { } ours) ExceptionDispatchInfo.Throw(ours);
            if (body.IsStopped)
                throw new OperationCanceledException("The hand-over was stopped before Resend had the message.", broken, cancellationToken);
            var outcome = Broken(body, broken);
            dialogue.Append("* ").Append(outcome.Reply).Append('\n');
            return (outcome, IsReached: !IsConnecting(broken, late.IsCancellationRequested));
        }
    }

    async Task<AttemptOutcome> AskAsync(ResendBody body, string key, StringBuilder dialogue, CancellationToken late)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, account.UrlOf("/emails")) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", account.ApiKey);
        request.Headers.Add("Idempotency-Key", key);
        request.Headers.UserAgent.Add(UserAgent);
        dialogue.Append(
            CultureInfo.InvariantCulture,
            $"C: POST {account.UrlOf("/emails")}\nC: Idempotency-Key: {key}\nC: [{body.Length} octets of JSON]\n");
        using var response = await http.SendAsync(request, late);
        var answer = await ReadAsync(response.Content, late);
        dialogue.Append(CultureInfo.InvariantCulture, $"S: {(int)response.StatusCode} {account.WithoutKey(response.ReasonPhrase ?? "")}\n");
        var shown = account.WithoutKey(answer);
        if (shown.Length > 0) dialogue.Append("S: ").Append(shown.AsSpan(0, Math.Min(shown.Length, LongestShown))).Append('\n');
        return ResendVerdict.Judge(account, (int)response.StatusCode, Wait(response.Headers.RetryAfter), answer);
    }

    /// <summary>No connection was made. One that was made and is silent may be so for what this message is.</summary>
    static bool IsConnecting(Exception broken, bool isLate) => broken switch
    {
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError
        } => true,
        OperationCanceledException => !isLate, // the limit of the connection is the shorter one
        _ => false,
    };

    // An answer that never came, or was cut, leaves open whether the message was taken. It may be sent again all the same, whatever the
    // stream does with unknown outcomes: under the same Idempotency-Key it is not taken twice. Only when no attempt is left it stays what
    // it is.
    AttemptOutcome Broken(ResendBody body, Exception broken)
    {
        var what = broken is OperationCanceledException
            ? $"took longer than {Limit.TotalSeconds:0} seconds"
            : $"could not be spoken to ({account.WithoutKey(broken.GetBaseException().Message)})";
        return body.IsSent
            ? new AttemptOutcome.Unknown(
                $"{account} {what} after it had been sent the message, and may have taken it.")
            { IsSafeToRepeat = true }
            : new AttemptOutcome.Deferred($"{account} {what}.") { Cause = Deferral.Network };
    }

    TimeSpan? Wait(RetryConditionHeaderValue? asked)
    {
        var wait = asked?.Delta ?? asked?.Date - clock.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }

    internal static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var octets = new byte[LongestAnswer];
        var count = await stream.ReadAtLeastAsync(octets, octets.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(octets, 0, count);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }
}
