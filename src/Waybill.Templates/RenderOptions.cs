namespace Waybill.Templates;

/// <summary>What a rendering needs beside data and brand; nothing is taken from the machine.</summary>
/// <param name="Locale">A BCP 47 tag: the words of the layout, dates and amounts follow it.</param>
/// <param name="TimeZone">In which instants are told.</param>
public sealed record RenderOptions(string Locale, TimeZoneInfo TimeZone)
{
    /// <summary>Shown in the footer where a stream wants it.</summary>
    public string? UnsubscribeUrl { get; init; }
}
