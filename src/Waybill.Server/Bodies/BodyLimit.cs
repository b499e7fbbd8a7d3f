namespace Waybill.Server.Bodies;

/// <summary>What the JSON body of a route may come to; it is refused as soon as more has been read.</summary>
/// <param name="Octets">Of the body.</param>
/// <param name="TextOctets">Of the body but for the contents of attachments, which never become text.</param>
/// <param name="Tokens">Names, values, brackets and braces.</param>
/// <param name="HasAttachments">Whether emails are posted here, which may have attachments.</param>
internal sealed record BodyLimit(int Octets, int TextOctets, int Tokens, bool HasAttachments = false)
{
    const int MiB = 1 << 20;

    /// <summary>Where nothing large belongs.</summary>
    public static BodyLimit Small { get; } = new(MiB, MiB, Tokens: 100_000);

    /// <summary>A template has 256 KiB of HTML and as much text in each of its locales.</summary>
    public static BodyLimit Templates { get; } = new(16 * MiB, 16 * MiB, Tokens: 100_000);

    /// <summary>An event has 1 MiB of data as compact JSON; it may come with blanks and escapes, and a hundred in a batch.</summary>
    public static BodyLimit Events { get; } = new(8 * MiB, 8 * MiB, Tokens: 600_000);

    /// <summary>40 MB of attachments are 53.4 MB in base64; the rest is for the rest.</summary>
    public static BodyLimit Emails { get; } = new(58_000_000, 32_000_000, Tokens: 600_000, HasAttachments: true);

    /// <summary>That of the route.</summary>
    public static BodyLimit Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>() ?? Small;
}

/// <summary>Says beside a route what its body may come to.</summary>
internal static class BodyLimitRoutes
{
    /// <summary>More than the 1 MiB of all other routes.</summary>
    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder route, BodyLimit limit) => route.WithMetadata(limit);
}
