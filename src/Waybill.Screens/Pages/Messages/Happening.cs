using Waybill.Screens.Framing;

namespace Waybill.Screens.Pages.Messages;

/// <summary>One line of what happened to a message.</summary>
/// <param name="At">When.</param>
/// <param name="Step">The engine's word for it, e.g. <c>accepted</c> or <c>attempt 1</c>.</param>
/// <param name="Detail">What to know about it.</param>
public sealed record Happening(DateTimeOffset At, string Step, string Detail)
{
    /// <summary>How it stands since; null: it only happened.</summary>
    public Tone? Tone { get; init; }

    /// <summary>The relay's last words in it.</summary>
    public string? Reply { get; init; }

    /// <summary>All that was said on the wire.</summary>
    public string? Dialogue { get; init; }

    /// <summary>The key of the text that says what to do next.</summary>
    public string? Advice { get; init; }

    /// <summary>Other things that belong to it.</summary>
    public IReadOnlyList<HappeningLink> Links { get; init; } = [];
}

/// <summary>A thing that belongs to what happened.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Href">Its address.</param>
public sealed record HappeningLink(string Text, string Href);
