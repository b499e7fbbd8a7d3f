using Waybill.Server.Api;

namespace Waybill.Server.Bodies;

/// <summary>A body is not read on, whoever reads it: it comes too slowly, or there is no memory for it.</summary>
internal sealed class BodyRefusedException(ApiError error, string? retryAfter = null) : Exception(error.Message)
{
    const string RetryAfterBusy = "2";

    /// <summary>The answer.</summary>
    public ApiError Error => error;

    /// <summary>Seconds after which to come again, if that helps.</summary>
    public string? RetryAfter => retryAfter;

    /// <summary>Other bodies have the memory.</summary>
    public static BodyRefusedException Busy() => new(
        new(
            503, "application_error",
            "Waybill has no memory left for this request body: others have it. Nothing was stored; send it again."),
        RetryAfterBusy);

    /// <summary>It takes too long to come.</summary>
    public static BodyRefusedException Slow(string sentence) => new(new(408, "request_timeout", sentence));
}
