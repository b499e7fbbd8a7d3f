using Waybill.Engine.Accepting;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Emails;

/// <summary>The Idempotency-Key header of Resend's clients.</summary>
internal static class Idempotency
{
    const int LongestKey = 256;

    /// <summary>The key, if one was sent, or what is wrong with it.</summary>
    public static (IdempotencyKey? Key, ApiError? Error) Read(HttpRequest request, JsonBody body)
    {
        if (!request.Headers.TryGetValue("Idempotency-Key", out var values)) return (null, null);
        var key = values.ToString();
        return key.Length is 0 or > LongestKey
            ? (null, new(400, "invalid_idempotency_key", $"The key must be between 1-{LongestKey} chars."))
            : (new IdempotencyKey(key, body.Hash(request.Path)), null);
    }

    /// <summary>The same key came before with another body.</summary>
    public static ApiError Reused { get; } = new(
        409, "invalid_idempotent_request", "This idempotency key was used before with another request.");

    /// <summary>An answer as it was kept.</summary>
    public static IResult Answer(string json) => Results.Text(json, "application/json", System.Text.Encoding.UTF8);
}
