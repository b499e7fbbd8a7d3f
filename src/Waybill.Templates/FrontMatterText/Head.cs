namespace Waybill.Templates.FrontMatterText;

/// <summary>What stands before the body of a template file.</summary>
internal sealed class Head
{
    public string? Subject { get; set; }

    public int SubjectLine { get; set; } = 1;

    public string? Preheader { get; set; }

    public int PreheaderLine { get; set; } = 1;

    public List<TemplateVariable> Variables { get; } = [];
}
