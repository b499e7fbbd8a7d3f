namespace Waybill.Templates;

/// <summary>What a template's body is written in.</summary>
public enum TemplateFormat
{
    /// <summary>Markdown; Waybill's layout goes round it.</summary>
    Markdown,

    /// <summary>HTML, sent as its author wrote it and without a layout.</summary>
    Html,
}
