using System.Text.Json;
using Waybill.Books.Reading;
using Waybill.Engine.Brands;
using Waybill.Engine.Catalogue;
using Waybill.Mime.Addresses;
using Waybill.Templates;

namespace Waybill.Server.Api.Brands;

/// <summary>A brand as it is posted: whole to make one, in part to change one; a field that is null is cleared.</summary>
internal sealed class PostedBrand
{
    const int LongestLine = 200;
    const int LongestText = 2_000;

    readonly Fields fields;

    PostedBrand(JsonElement json)
    {
        fields = Fields.Exact(json);
        Alias = fields.Text("alias", 64);
        if (Alias is not null && !BrandBook.CanBeCalled(Alias)) fields.Wrong("alias", "brand.alias");
        _ = (fields.Name("name", LongestLine), fields.Line("sender_name", LongestLine));
        CheckAddress("sender_address");
        CheckAddress("reply_to");
        CheckAddress("support_email");
        CheckUrl();
        CheckColour();
        if (fields.Text("locale", 35) is { } locale && !LocaleChoice.IsLocale(locale)) fields.Wrong("locale", "locale.odd", locale);
        Relay = ReadRelay();
        IsDefault = ReadDefault();
        _ = (fields.Text("intro", LongestText), fields.Text("footer", LongestText));
    }

    public string? Alias { get; }

    public Guid? Relay { get; }

    /// <summary>Whether it is to be the one that speaks where none is named.</summary>
    public bool IsDefault { get; }

    /// <summary>Reads it, or says the first thing that is wrong.</summary>
    public static (PostedBrand? Brand, ApiError? Error) Read(JsonElement json, bool isWhole)
    {
        if (json.ValueKind != JsonValueKind.Object) return (null, ApiError.Invalid("The body must be a JSON object."));
        var posted = new PostedBrand(json);
        if (isWhole) posted.Require("alias", "name");
        return posted.fields.Error() is { } error ? (null, error) : (posted, null);
    }

    /// <summary>All that is wrong with a whole brand, for a form that says it beside each field.</summary>
    public static IReadOnlyList<FieldFault> Faults(JsonElement json)
    {
        var posted = new PostedBrand(json);
        posted.Require("alias", "name");
        return posted.fields.Faults;
    }

    /// <summary>What a new brand says of itself.</summary>
    public BrandIdentity Whole() => Over(new BrandIdentity { Name = "" });

    /// <summary>What a brand becomes by it.</summary>
    public Brand Over(Brand present) => present with
    {
        Alias = Alias ?? present.Alias,
        Identity = Over(present.Identity),
        Relay = Relay ?? (fields.IsCleared("relay") ? null : present.Relay),
    };

    BrandIdentity Over(BrandIdentity present) => new()
    {
        Name = fields.Text("name", LongestLine) ?? present.Name,
        SenderName = Or("sender_name", present.SenderName),
        SenderAddress = Or("sender_address", present.SenderAddress),
        ReplyTo = Or("reply_to", present.ReplyTo),
        SupportEmail = Or("support_email", present.SupportEmail),
        SupportUrl = Or("support_url", present.SupportUrl),
        Colour = Or("colour", present.Colour) ?? BrandIdentity.StandardColour,
        Intro = Or("intro", present.Intro),
        Footer = Or("footer", present.Footer),
        Locale = Or("locale", present.Locale) ?? "en",
    };

    string? Or(string name, string? present) => fields.Text(name, LongestText) ?? (fields.IsCleared(name) ? null : present);

    void Require(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (!fields.HasValue(name)) fields.Wrong(name, "missing");
    }

    void CheckAddress(string name)
    {
        if (fields.Text(name, 1_000) is { } text && !Address.TryParse(text, out _, out var problem))
            fields.Wrong(name, "field.odd", problem);
    }

    void CheckUrl()
    {
        if (fields.Text("support_url", LongestText) is { } text
            && !(Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            fields.Wrong("support_url", "brand.url");
    }

    void CheckColour()
    {
        if (fields.Text("colour", 100) is { } text && !BrandColour.TryParse(text, out _, out var problem))
            fields.Wrong("colour", "brand.colour", problem);
    }

    bool ReadDefault()
    {
        if (fields.Find("is_default") is not { } value) return false;
        if (value.ValueKind == JsonValueKind.True) return true;
        fields.Wrong("is_default", "brand.default");
        return false;
    }

    Guid? ReadRelay()
    {
        if (fields.Text("relay", 100) is not { } text) return null;
        if (Guid.TryParseExact(text, "D", out var relay)) return relay;
        fields.Wrong("relay", "brand.relay");
        return null;
    }
}
