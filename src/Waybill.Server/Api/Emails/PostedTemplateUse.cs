using System.Text.Json;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Emails;

/// <summary>
/// The <c>template</c> field of an email: <c>id</c> (or alias) and <c>variables</c>, as Resend has them; <c>locale</c> and <c>brand</c> are ours.
/// </summary>
internal sealed record PostedTemplateUse(string Id, JsonElement Variables, string? Locale, string? Brand)
{
    static readonly JsonElement NoVariables = JsonDocument.Parse("{}").RootElement;

    /// <summary>Reads it; null when the email names no template, or when something about it was refused.</summary>
    public static PostedTemplateUse? Read(FieldReader email)
    {
        if (email.Find("template") is not { } json) return null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            email.Refuse(ApiError.Invalid("The `template` field must be an object with an `id` and `variables`."));
            return null;
        }

        var fields = new FieldReader(json);
        var use = new PostedTemplateUse(
            fields.Line("id", 100) ?? "", (fields.Find("variables") ?? NoVariables).Clone(), fields.Line("locale", 35), fields.Line("brand", 64));
        if (use.Id.Length == 0) fields.Refuse(ApiError.Missing("template.id"));
        if (use.Variables.ValueKind != JsonValueKind.Object) fields.Refuse(ApiError.Invalid("The `template.variables` field must be an object."));
        if (fields.Error is { } error) email.Refuse(error);
        return use;
    }
}
