using System.Globalization;
using System.Text.Json;
using Waybill.Engine.Catalogue;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Templates;
using Waybill.Server.Api.Templates;
using Waybill.Templates;

namespace Waybill.Server.Admin.Templates;

/// <summary>A template as its form shows it, and a form as it was posted.</summary>
internal static class TemplateForms
{
    /// <summary>Rows for variables that are still to be written.</summary>
    const int Spare = 2;

    const int MostVariables = 200;

    /// <summary>The form of what is kept.</summary>
    public static TemplateForm Of(Template template) => new()
    {
        Name = template.Name,
        Alias = template.Alias ?? "",
        Format = template.Content.Format == TemplateFormat.Html ? "html" : "markdown",
        Tag = template.ContentTag,
        From = template.Content.From ?? "",
        ReplyTo = string.Join(", ", template.Content.ReplyTo),
        Texts = [.. template.Content.Texts.Select(
        text => new LocaleForm(text.Locale, text.Subject, text.Preheader ?? "", text.Body, text.Text ?? ""))],
        Variables = WithSpare(template.Content.Variables.Select(Of)),
        Locale = template.Content.Texts[0].Locale,
    };

    /// <summary>What was typed, whether it can be kept or not.</summary>
    public static TemplateForm Read(IFormCollection form)
    {
        var texts = form["locales"]
            .OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Select(locale => Text(form, locale)).ToList();
        return new()
        {
            Name = form["name"].ToString().Trim(),
            Alias = form["alias"].ToString().Trim(),
            Format = form["format"] == "html" ? "html" : "markdown",
            Tag = form["tag"].ToString(),
            From = form["from"].ToString().Trim(),
            ReplyTo = form["reply_to"].ToString().Trim(),
            Texts = texts,
            Variables = [.. Enumerable.Range(0, MostVariables + Spare)
            .TakeWhile(i => form.ContainsKey(TemplateFields.Of(i, "key"))).Select(i => Variable(form, i))],
            Locale = texts.Find(text => text.Locale == form["locale"])?.Locale ?? (texts.Count > 0 ? texts[0].Locale : ""),
            Brand = form["brand"].ToString(),
            Data = Lines(form["data"].ToString()),
            Scheme = form["scheme"] == "dark" ? "dark" : "light",
            NewLocale = form["new-locale"].ToString().Trim(),
        };
    }

    /// <summary>The rows, and some to write on.</summary>
    public static IReadOnlyList<VariableForm> WithSpare(IEnumerable<VariableForm> variables) =>
        [.. variables.Where(variable => variable.Key.Length > 0), .. Enumerable.Repeat(VariableForm.Blank, Spare)];

    static LocaleForm Text(IFormCollection form, string locale) => new(
        locale,
        form[TemplateFields.Of("subject", locale)].ToString(),
        form[TemplateFields.Of("preheader", locale)].ToString(),
        Lines(form[TemplateFields.Of("body", locale)].ToString()),
        Lines(form[TemplateFields.Of("text", locale)].ToString()));

    static VariableForm Variable(IFormCollection form, int i)
    {
        string Of(string field) => form[TemplateFields.Of(i, field)].ToString().Trim();
        return new(Of("key"), Of("type"), Of("required") == "true", Of("secret") == "true", Of("expires"), Of("fallback"), Of("sample"));
    }

    static VariableForm Of(TemplateVariable variable) => new(
        variable.Path, PostedVariables.Word(variable.Type), variable.IsRequired, variable.IsSecret, variable.Lifetime is { } lifetime
        ? Lifetime(lifetime) : "",
        Shown(variable.Fallback), Shown(variable.Sample));

    static string Shown(JsonElement? value) => value switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => ReadableJson.Line(other),
    };

    static string Lifetime(TimeSpan lifetime) => lifetime switch
    {
        { TotalDays: var days } when days == Math.Floor(days) => string.Create(CultureInfo.InvariantCulture, $"{days}d"),
        { TotalHours: var hours } when hours == Math.Floor(hours) => string.Create(CultureInfo.InvariantCulture, $"{hours}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(lifetime.TotalMinutes)}m"),
    };

    /// <summary>Browsers end lines with CR LF, and engines count them by LF.</summary>
    static string Lines(string text) => text.ReplaceLineEndings("\n");
}
