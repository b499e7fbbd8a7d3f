using System.Text.Json;
using Waybill.Engine.Catalogue;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Templates;

namespace Waybill.Server.Admin.Templates;

/// <summary>A form and what it comes to: a template, or what is wrong with it.</summary>
internal sealed class TypedTemplate
{
    readonly Api.Templates.PostedTemplate? posted;

    TypedTemplate(TemplateForm form, Api.Templates.PostedTemplate? posted, IReadOnlyList<Fault> faults) =>
        (Form, this.posted, Faults) = (form, posted, faults);

    /// <summary>As it was typed.</summary>
    public TemplateForm Form { get; }

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>Reads a form.</summary>
    public static TypedTemplate Of(HttpContext context, TemplateForm form)
    {
        var (posted, faults) = TemplateFormReader.Read(context, form);
        return DataFault(context, form.Data) is { } fault ? new(form, posted: null, [.. faults, fault]) : new(form, posted, faults);
    }

    /// <summary>What the template becomes by it; null when the form is faulty.</summary>
    public Template? Template(Template present) =>
        posted is null ? null : present with { Name = posted.Name!, Alias = posted.Alias, Content = posted.Whole() };

    static Fault? DataFault(HttpContext context, string data)
    {
        if (string.IsNullOrWhiteSpace(data)) return null;
        try
        {
            return JsonElement.Parse(data).ValueKind == JsonValueKind.Object ? null : new("data", context.Say("templates.data.object"));
        }
        catch (JsonException wrong)
        {
            return new("data", context.Say("templates.data.wrong", wrong.LineNumber + 1, wrong.BytePositionInLine + 1));
        }
    }
}
