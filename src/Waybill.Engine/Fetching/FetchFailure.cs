namespace Waybill.Engine.Fetching;

/// <summary>Puts the failures of the world into words. The framework's own messages are not repeated: they quote the peer and the
/// URL.</summary>
internal static class FetchFailure
{
    public static string Sentence(Uri url, Exception failure) =>
        failure.InnerException is ForbiddenAddressException forbidden ? forbidden.Message : $"{OutboundUrl.Shown(url)} {Ending(failure)}";

    static string Ending(Exception failure) => failure switch
    {
        OperationCanceledException => $"did not accept a connection within {GuardedConnection.ConnectLimit.TotalSeconds:0} s.",
        HttpRequestException request => Ending(request.HttpRequestError),
        HttpIOException io => Ending(io.HttpRequestError),
        _ => "broke off while it was read.",
    };

    static string Ending(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "has a host whose address could not be found.",
        HttpRequestError.ConnectionError => "accepts no connection.",
        HttpRequestError.SecureConnectionError => "offers no TLS that Waybill can trust.",
        HttpRequestError.ConfigurationLimitExceeded => $"answers with more than {GuardedConnection.HeaderKibibytes} KiB of headers.",
        HttpRequestError.ResponseEnded => "broke off while it was read.",
        _ => "does not answer in proper HTTP.",
    };
}
