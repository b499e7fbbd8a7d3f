using System.Diagnostics.CodeAnalysis;
using Waybill.Engine.Fetching;
using Waybill.Smtp;

namespace Waybill.Engine.Relays;

/// <summary>Where Resend's API is spoken, and the key to it.</summary>
/// <param name="BaseUrl">What comes before <c>/emails</c>.</param>
/// <param name="ApiKey">The key. It is in no sentence, dialogue or log.</param>
/// <param name="KeyName">How an operator knows the key: the setting, or the relay that it belongs to.</param>
public sealed record ResendAccount(Uri BaseUrl, string ApiKey, string KeyName)
{
    /// <summary>Whether a text can be a key: it goes into a header as it is.</summary>
    public static bool CanBeKey(string text) => text.Length is > 0 and <= 1_000 && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>Reads the address of an API. Without TLS the key would be read by others: that is for this machine only.</summary>
    public static bool TryReadUrl(string text, [NotNullWhen(true)] out Uri? url, [NotNullWhen(false)] out string? problem)
    {
        if (!OutboundUrl.TryRead(text, out url, out problem)) return false;
        if (url is not { Query: "", Fragment: "" }) problem = "It may have no query and no fragment.";
        else if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
            problem = "Without https the API key would be sent in clear; http is for this machine only.";
        else if (RelayHost.Objection(url.IdnHost) is { } objection) problem = $"{objection}.";
        return problem is null;
    }

    /// <summary>The URL of a path that begins with a slash.</summary>
    public Uri UrlOf(string path) => new(BaseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/') + path);

    /// <summary>A text of the other side without the key, should it repeat it.</summary>
    public string WithoutKey(string text) => SecretWords.OfKey(ApiKey).Conceal(text);

    /// <summary>Where it is. Never the key.</summary>
    public override string ToString() => BaseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');
}
