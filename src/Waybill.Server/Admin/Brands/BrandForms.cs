using System.Globalization;
using System.Text.Json;
using Waybill.Engine.Brands;
using Waybill.Engine.Composing;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Brands;
using Waybill.Server.Api.Brands;

namespace Waybill.Server.Admin.Brands;

/// <summary>A brand as its form shows it, a form as it was posted, and what the API's reader says of it.</summary>
internal static class BrandForms
{
    /// <summary>The form of what is kept.</summary>
    public static BrandForm Of(Brand brand) => Of(brand.Identity) with
    {
        Alias = brand.Alias,
        Relay = brand.Relay?.ToString("D") ?? "",
        IsDefault = brand.IsDefault,
        Version = brand.Version.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What was typed, whether it can be kept or not.</summary>
    public static BrandForm Read(IFormCollection form) => new()
    {
        Alias = form["alias"].ToString(),
        Name = form["name"].ToString(),
        SenderName = form["sender_name"].ToString(),
        SenderAddress = form["sender_address"].ToString(),
        ReplyTo = form["reply_to"].ToString(),
        SupportEmail = form["support_email"].ToString(),
        SupportUrl = form["support_url"].ToString(),
        Colour = form["colour"].ToString().Trim(),
        Intro = form["intro"].ToString().ReplaceLineEndings("\n"),
        Footer = form["footer"].ToString().ReplaceLineEndings("\n"),
        Locale = form["locale"].ToString(),
        Relay = form["relay"].ToString(),
        IsDefault = form["is_default"] == "true",
        DropsLogo = form["drop-logo"] == "true",
        Version = form["version"].ToString(),
        Scheme = form["scheme"] == "dark" ? "dark" : "light",
    };

    /// <summary>The brand that was posted, or all that is wrong with it.</summary>
    public static (PostedBrand? Brand, IReadOnlyList<Fault> Faults) Check(HttpContext context, IFormCollection form, BrandForm typed)
    {
        var json = new FormBody(form)
            .Texts("alias", "name", "sender_name", "sender_address", "reply_to", "support_email", "support_url", "colour", "locale",
            "relay")
            .With("intro", Text(typed.Intro)).With("footer", Text(typed.Footer)).With("is_default", typed.IsDefault ? true : null).Json();
        var faults = FormFaults.Of(context, PostedBrand.Faults(json), name => Label(context, name));
        return faults.Count > 0 ? (null, faults) : (PostedBrand.Read(json, isWhole: true).Brand, []);
    }

    /// <summary>What differs between a brand as it is kept and as it was typed; empty when nothing does.</summary>
    public static string Difference(Brand kept, Brand typed) => LineDifference.Of(Lines(kept), Lines(typed));

    static System.Text.Json.Nodes.JsonNode? Text(string typed) => typed.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>What people call a field of the API; null: a brand's form has none of that name.</summary>
    public static string? Label(HttpContext context, string name) => name switch
    {
        "alias" or "name" or "colour" or "locale" or "relay" or "intro" or "footer" => context.Say($"brands.{name}"),
        "sender_name" => context.Say("brands.sender-name"),
        "sender_address" => context.Say("brands.sender-address"),
        "reply_to" => context.Say("brands.reply-to"),
        "support_email" => context.Say("brands.support-email"),
        "support_url" => context.Say("brands.support-url"),
        "is_default" => context.Say("brands.is-default"),
        _ => null,
    };

    static BrandForm Of(BrandIdentity identity) => new()
    {
        Name = identity.Name,
        SenderName = identity.SenderName ?? "",
        SenderAddress = identity.SenderAddress ?? "",
        ReplyTo = identity.ReplyTo ?? "",
        SupportEmail = identity.SupportEmail ?? "",
        SupportUrl = identity.SupportUrl ?? "",
        Colour = identity.Colour,
        Intro = identity.Intro ?? "",
        Footer = identity.Footer ?? "",
        Locale = identity.Locale,
    };

    static string Lines(Brand brand)
    {
        var form = Of(brand);
        IEnumerable<(string Name, string Value)> lines =
        [
            ("name", form.Name), ("alias", form.Alias), ("sender", $"{form.SenderName} <{form.SenderAddress}>"), ("reply_to", form.ReplyTo),
            ("support", $"{form.SupportEmail} {form.SupportUrl}"), ("colour", form.Colour), ("intro", form.Intro), ("footer", form.Footer),
            ("locale", form.Locale), ("relay", form.Relay),
            ("logo", brand.Logo is { } logo ? JsonSerializer.Serialize(logo.Hash)[..9] : ""),
        ];
        return string.Join('\n', lines.Select(line => $"{line.Name}: {line.Value}"));
    }
}
