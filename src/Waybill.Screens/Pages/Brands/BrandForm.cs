using Waybill.Engine.Brands;
using Waybill.Templates;

namespace Waybill.Screens.Pages.Brands;

/// <summary>A brand as it stands in its form: every value as it was typed.</summary>
public sealed record BrandForm
{
    /// <summary>How applications name it.</summary>
    public string Alias { get; init; } = "";

    /// <summary>The name at the head of its mails.</summary>
    public string Name { get; init; } = "";

    /// <summary>The name in From.</summary>
    public string SenderName { get; init; } = "";

    /// <summary>The address in From.</summary>
    public string SenderAddress { get; init; } = "";

    /// <summary>Where answers go.</summary>
    public string ReplyTo { get; init; } = "";

    /// <summary>Where people get help by mail.</summary>
    public string SupportEmail { get; init; } = "";

    /// <summary>Where people get help on the web.</summary>
    public string SupportUrl { get; init; } = "";

    /// <summary>The accent.</summary>
    public string Colour { get; init; } = BrandIdentity.StandardColour;

    /// <summary>A sentence above every mail.</summary>
    public string Intro { get; init; } = "";

    /// <summary>The lines at the foot.</summary>
    public string Footer { get; init; } = "";

    /// <summary>The language where nobody knows better.</summary>
    public string Locale { get; init; } = "en";

    /// <summary>The id of its relay; empty: the default one.</summary>
    public string Relay { get; init; } = "";

    /// <summary>Whether it speaks where no brand is named.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Whether its logo is to go.</summary>
    public bool DropsLogo { get; init; }

    /// <summary>The version that the form was made from.</summary>
    public string Version { get; init; } = "";

    /// <summary>How the preview is shown.</summary>
    public string Scheme { get; init; } = "light";

    /// <summary>The colour, if it is one.</summary>
    public BrandColour? Shade =>
        BrandColour.TryParse(Colour.Length > 0 ? Colour : BrandIdentity.StandardColour, out var shade, out _) ? shade : null;
}

/// <summary>A brand in the list.</summary>
/// <param name="Brand">The brand.</param>
/// <param name="Sender">Who its mails come from.</param>
/// <param name="Relay">What its relay is called; null: the default one.</param>
public sealed record BrandLine(Brand Brand, string Sender, string? Relay);
