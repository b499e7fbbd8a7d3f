using System.Net;
using System.Net.Http.Headers;

namespace Waybill.Engine.Fetching;

/// <summary>
/// Fetches attachments that a message names by URL. One deadline of 30 s covers everything from the name to the last byte; only a plain
/// 200 counts. Threads may share one fetcher.
/// </summary>
public sealed class AttachmentFetcher : IDisposable
{
    static readonly TimeSpan deadlineAfter = TimeSpan.FromSeconds(30);
    static readonly ProductInfoHeaderValue userAgent = new("Waybill", typeof(AttachmentFetcher).Assembly.GetName().Version?.ToString(3));
    static readonly StringWithQualityHeaderValue plainBytes = new("identity");

    readonly HttpMessageInvoker http;
    readonly TimeProvider clock;

    /// <summary>Fetches from where the guard allows, by the names the operating system resolves.</summary>
    public AttachmentFetcher(AddressGuard guard, TimeProvider clock)
        : this(new GuardedConnection(guard, Dns.GetHostAddressesAsync), clock) { }

    internal AttachmentFetcher(GuardedConnection connection, TimeProvider clock)
    {
        http = new HttpMessageInvoker(connection.Handler());
        this.clock = clock;
    }

    /// <summary>Gets what is at a URL, up to a limit in bytes. Whatever the URL or its server does wrong is an outcome, not an
    /// exception.</summary>
    public Task<FetchOutcome> FetchAsync(Uri url, long limit, CancellationToken cancellationToken) =>
        FetchAsync(url, limit, _ => ValueTask.CompletedTask, cancellationToken);

    /// <summary>The same for who counts the memory that it takes.</summary>
    /// <param name="url">Where it is.</param>
    /// <param name="limit">Bytes.</param>
    /// <param name="keeping">Told of each piece before it is kept, in bytes. What it throws ends the fetch, and comes out here.</param>
    /// <param name="cancellationToken">Ends the fetch.</param>
    public async Task<FetchOutcome> FetchAsync(Uri url, long limit, Func<int, ValueTask> keeping, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        if (OutboundUrl.Objection(url) is { } objection) return new FetchOutcome.NotFetched(objection);
        using var deadline = new CancellationTokenSource(deadlineAfter, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try { return await GetAsync(url, limit, keeping, either.Token); }
        catch (Exception failure) when (IsTheirs(failure) && !cancellationToken.IsCancellationRequested)
        {
            return deadline.IsCancellationRequested
                ? NotFetched(url, $"took longer than {deadlineAfter.TotalSeconds:0} s.")
                : new FetchOutcome.NotFetched(FetchFailure.Sentence(url, failure));
        }
    }

    public void Dispose() => http.Dispose();

    async Task<FetchOutcome> GetAsync(Uri url, long limit, Func<int, ValueTask> keeping, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.UserAgent.Add(userAgent);
        request.Headers.AcceptEncoding.Add(plainBytes);
        using var response = await http.SendAsync(request, cancellationToken);
        if (ResponseCheck.Complaint(response, limit) is { } complaint) return NotFetched(url, complaint);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await LimitedBody.ReadAsync(body, limit, keeping, cancellationToken) is { } parts
            ? new FetchOutcome.Fetched(parts, ResponseCheck.ContentType(response), UrlFileName.Of(url))
            : NotFetched(url, ResponseCheck.TooLong(limit));
    }

    static FetchOutcome.NotFetched NotFetched(Uri url, string ending) => new($"{OutboundUrl.Shown(url)} {ending}");

    static bool IsTheirs(Exception failure) => failure is HttpRequestException or IOException or OperationCanceledException;
}
