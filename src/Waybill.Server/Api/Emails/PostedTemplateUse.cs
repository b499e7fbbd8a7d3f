using System.Text.Json;
using Waybill.Books.Reading;

namespace Waybill.Server.Api.Emails;

/// <summary>
/// The <c>template</c> field of an email: <c>id</c> (or alias) and <c>variables</c>, as Resend has them; <c>locale</c> and <c>brand</c> are
/// ours.
/// </summary>
internal sealed record PostedTemplateUse(string Id, JsonElement Variables, string? Locale, string? Brand)
{
    static readonly JsonElement NoVariables = JsonDocument.Parse("{}").RootElement;

    /// <summary>Reads it; null when the email names no template, or when something about it was refused.</summary>
    public static PostedTemplateUse? Read(Fields email)
    {
        if (email.Find("template") is not { } json) return null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            email.Wrong("template", "email.template");
            return null;
        }

        var fields = email.Within(json, "template");
        var use = new PostedTemplateUse(
            fields.Line("id", 100) ?? "", (fields.Find("variables") ?? NoVariables).Clone(), fields.Line("locale", 35),
            fields.Line("brand", 64));
        if (use.Id.Length == 0) fields.Wrong("template.id", "missing");
        if (use.Variables.ValueKind != JsonValueKind.Object) fields.Wrong("template.variables", "object.type");
        return use;
    }
}
