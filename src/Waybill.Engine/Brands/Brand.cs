using System.Text.Json.Serialization;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Brands;

/// <summary>Who messages speak for. Each change makes a new version; a message keeps the one that it was accepted with.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Alias">How applications name it: 1 to 64 lower-case letters, digits and dashes, unique within the tenant.</param>
/// <param name="IsDefault">Whether it speaks where no brand is named; one of each tenant does.</param>
/// <param name="Version">Grows by one with each change.</param>
/// <param name="Relay">Its own relay; null: the default one.</param>
/// <param name="Identity">What it says of itself.</param>
/// <param name="Logo">Its logo, if it has one.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record Brand(
    BrandId Id, TenantId Tenant, string Alias, bool IsDefault, int Version, Guid? Relay, BrandIdentity Identity, Logo? Logo,
    DateTimeOffset CreatedAt);

/// <summary>What a brand says of itself. All but the name may be missing.</summary>
public sealed record BrandIdentity
{
    /// <summary>The colour of a brand that chose none: ink blue.</summary>
    public const string StandardColour = "#1f4e79";

    /// <summary>The name at the head of its mails, and of its sender unless <see cref="SenderName"/> differs.</summary>
    public required string Name { get; init; }

    /// <summary>The name in From; null: <see cref="Name"/>.</summary>
    public string? SenderName { get; init; }

    /// <summary>The address in From; null: the default sender's.</summary>
    public string? SenderAddress { get; init; }

    /// <summary>Where answers go; null: to <see cref="SupportEmail"/>, else to the sender.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Where people get help, named in the support line.</summary>
    public string? SupportEmail { get; init; }

    /// <summary>A page where people get help.</summary>
    public string? SupportUrl { get; init; }

    /// <summary>The accent, <c>#rgb</c> or <c>#rrggbb</c>.</summary>
    public string Colour { get; init; } = StandardColour;

    /// <summary>A sentence above every mail's text.</summary>
    public string? Intro { get; init; }

    /// <summary>A line or more at the foot, e.g. the postal address.</summary>
    public string? Footer { get; init; }

    /// <summary>The language of mails to people whose own is not known or not there.</summary>
    public string Locale { get; init; } = "en";
}

/// <summary>A logo as it is kept.</summary>
/// <param name="Hash">SHA-256, under which the content store has it.</param>
/// <param name="ContentType"><c>image/png</c> or <c>image/jpeg</c>.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Size">Octets, at most 256 KiB.</param>
public sealed record Logo(byte[] Hash, string ContentType, int Width, int Height, int Size);

/// <summary>A brand's face as its version keeps it.</summary>
internal sealed record BrandFaceRow(BrandIdentity Identity, Logo? Logo);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BrandFaceRow))]
internal sealed partial class BrandJson : JsonSerializerContext;
