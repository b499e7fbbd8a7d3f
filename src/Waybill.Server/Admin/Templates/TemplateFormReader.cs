using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Templates;
using Waybill.Screens.Texts;
using Waybill.Server.Api.Templates;

namespace Waybill.Server.Admin.Templates;

/// <summary>
/// Turns a form into what the API reads of a template, so that no rule is written twice. The parts are read one by one as well: then each
/// fault is known to be of its language, or of its variable.
/// </summary>
internal sealed class TemplateFormReader(HttpContext context, TemplateForm form)
{
    readonly List<Fault> faults = [];

    /// <summary>The template that the form is, or all that is wrong with it.</summary>
    public static (PostedTemplate? Template, IReadOnlyList<Fault> Faults) Read(HttpContext context, TemplateForm form) =>
        new TemplateFormReader(context, form).Read();

    (PostedTemplate?, IReadOnlyList<Fault>) Read()
    {
        Check(Head(), name => name is "name" or "alias" or "from" or "reply_to" ? name : null);
        foreach (var text in form.Texts) Check(Text(text), name => OfText(name, text.Locale));
        for (var i = 0; i < form.Variables.Count; i++)
        {
            if (form.Variables[i].Key.Length > 0) CheckVariable(i);
        }

        if (faults.Count > 0) return (null, faults);
        var (whole, error) = PostedTemplate.Read(JsonSerializer.SerializeToElement(Whole()), isWhole: true);
        return error is null ? (whole, []) : (null, [new Fault("", error.Message)]);
    }

    void Check(JsonObject part, Func<string, string?> fieldOf)
    {
        var wrong = PostedTemplate.Faults(JsonSerializer.SerializeToElement(part));
        faults.AddRange(FormFaults.Of(context, wrong, name => fieldOf(name) is null ? null : Label(name))
            .Select(fault => fault with { Field = fieldOf(fault.Field) ?? "" }));
    }

    void CheckVariable(int i)
    {
        var variable = form.Variables[i];
        foreach (var field in (string[])["fallback", "sample"])
            if (Wording.Of(Wording.English).Has($"templates.type.{variable.Type}")
                && NotJson(variable.Type, field == "sample" ? variable.Sample : variable.Fallback) is { } problem)
                faults.Add(new(TemplateFields.Of(i, field),
                    context.Say("templates.variable.json", context.Say($"templates.type.{variable.Type}"), problem)));
        if (PostedTemplate.Faults(
            JsonSerializer.SerializeToElement(new JsonObject { ["variables"] = new JsonArray(Variable(variable)) })) is [var wrong, ..])
            faults.Add(new(TemplateFields.Of(i, FieldOfVariable(wrong.Field)), FormFaults.Of(context, wrong, _ => null).Text));
    }

    static string FieldOfVariable(string name) => name switch { "expires_in" => "expires", "type" => "type", _ => "key" };

    string Label(string name) => context.Say(name switch
    {
        "reply_to" => "templates.reply-to",
        "markdown" => "templates.body.markdown",
        "html" => "templates.body.html",
        _ => $"templates.{name}",
    });

    static string? OfText(string name, string locale) => name switch
    {
        "subject" or "preheader" or "text" => TemplateFields.Of(name, locale),
        "markdown" or "html" => TemplateFields.Of("body", locale),
        _ => null,
    };

    JsonObject Head() => new()
    {
        ["name"] = form.Name,
        ["alias"] = form.Alias is { Length: > 0 } alias ? alias : null,
        ["from"] = form.From is { Length: > 0 } from ? from : null,
        ["reply_to"] = new JsonArray([.. form.ReplyTo.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(one => JsonValue.Create(one))]),
    };

    JsonObject Text(LocaleForm text) => new()
    {
        ["locale"] = text.Locale,
        ["subject"] = text.Subject,
        ["preheader"] = text.Preheader is { Length: > 0 } preheader ? preheader : null,
        [form.IsHtml ? "html" : "markdown"] = text.Body,
        ["text"] = text.Text is { Length: > 0 } own ? own : null,
    };

    JsonObject Whole()
    {
        var whole = Head();
        foreach (var (name, value) in form.Texts.Count > 0 ? Text(form.Texts[0]) : []) whole[name] = value?.DeepClone();
        whole["locales"] = new JsonArray([.. form.Texts.Skip(1).Select(Text)]);
        whole["variables"] = new JsonArray([.. form.Variables.Where(variable => variable.Key.Length > 0).Select(Variable)]);
        return whole;
    }

    static JsonObject Variable(VariableForm variable) => new()
    {
        ["key"] = variable.Key,
        ["type"] = variable.Type,
        ["required"] = variable.IsRequired,
        ["secret"] = variable.IsSecret,
        ["expires_in"] = variable.IsSecret ? Seconds(variable.Expires) : null,
        ["fallback_value"] = Value(variable.Type, variable.Fallback),
        ["sample"] = Value(variable.Type, variable.Sample),
    };

    /// <summary>Texts are what was typed; all else is JSON.</summary>
    static JsonNode? Value(string type, string typed)
    {
        if (typed.Length == 0) return null;
        return IsText(type) || NotJson(type, typed) is not null ? JsonValue.Create(typed) : JsonNode.Parse(typed);
    }

    static bool IsText(string type) => type is "string" or "date" or "url";

    static string? NotJson(string type, string typed)
    {
        if (typed.Length == 0 || IsText(type)) return null;
        try
        {
            using var parsed = JsonDocument.Parse(typed);
            return null;
        }
        catch (JsonException wrong)
        {
            return wrong.Message;
        }
    }

    /// <summary><c>15m</c>, <c>12h</c>, <c>7d</c>; anything else stays as it is, and is refused.</summary>
    static JsonNode? Seconds(string typed)
    {
        if (typed.Length == 0) return null;
        var unit = char.ToLowerInvariant(typed[^1]) switch { 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 };
        return unit > 0 && int.TryParse(typed.AsSpan(0, typed.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count < 100_000
            ? (long)count * unit
            : typed;
    }
}
