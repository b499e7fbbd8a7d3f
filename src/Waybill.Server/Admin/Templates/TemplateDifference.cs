using System.Text;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Composing;
using Waybill.Server.Api.Templates;
using Waybill.Templates;

namespace Waybill.Server.Admin.Templates;

/// <summary>What differs between two contents of a template, language by language.</summary>
internal static class TemplateDifference
{
    /// <summary>Empty when nothing does.</summary>
    public static string Of(TemplateContent before, TemplateContent after)
    {
        var locales = before.Texts.Concat(after.Texts).Select(text => text.Locale).Distinct(StringComparer.OrdinalIgnoreCase);
        return string.Concat(locales.Select(locale => Part(locale, Written(before, locale), Written(after, locale))))
            + Part("…", Shared(before), Shared(after));
    }

    static string Part(string name, string before, string after) =>
        LineDifference.Of(before, after) is { Length: > 0 } difference ? $"=== {name}\n{difference}" : "";

    static string Written(TemplateContent content, string locale)
    {
        if (content.Texts.FirstOrDefault(text => text.Locale.Equals(locale, StringComparison.OrdinalIgnoreCase)) is not { } text) return "";
        var written = new StringBuilder().Append("subject: ").Append(text.Subject).Append('\n');
        if (text.Preheader is { } preheader) written.Append("preheader: ").Append(preheader).Append('\n');
        written.Append(text.Body).Append('\n');
        if (text.Text is { } own) written.Append("--- text\n").Append(own).Append('\n');
        return written.ToString();
    }

    static string Shared(TemplateContent content)
    {
        var written = new StringBuilder();
        if (content.From is { } from) written.Append("from: ").Append(from).Append('\n');
        if (content.ReplyTo.Count > 0) written.Append("reply_to: ").AppendJoin(", ", content.ReplyTo).Append('\n');
        foreach (var variable in content.Variables) written.Append(Line(variable)).Append('\n');
        return written.ToString();
    }

    static string Line(TemplateVariable variable) =>
        $"{variable.Path}: "
            + $"{PostedVariables.Word(variable.Type)}{(variable.IsRequired ? ", required" : "")}{(variable.IsSecret ? ", secret" : "")}"
        + (variable.Fallback is { } fallback ? $", fallback {fallback.GetRawText()}" : "")
        + (variable.Sample is { } sample ? $", sample {sample.GetRawText()}" : "");
}
