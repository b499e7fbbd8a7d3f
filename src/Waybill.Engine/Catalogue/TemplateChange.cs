using Waybill.Templates;

namespace Waybill.Engine.Catalogue;

/// <summary>What changing a template came to.</summary>
public abstract record TemplateChange
{
    private TemplateChange() { }

    /// <summary>It is as asked.</summary>
    public sealed record Done(Template Template) : TemplateChange;

    /// <summary>The tenant has no such template.</summary>
    public sealed record Missing : TemplateChange;

    /// <summary>Somebody else changed it since it was read; nothing was overwritten.</summary>
    public sealed record Stale(Template Current) : TemplateChange;

    /// <summary>Another template of the tenant has this alias.</summary>
    public sealed record AliasTaken : TemplateChange;

    /// <summary>It came with the program: edited, it becomes an override of the tenant; it cannot be removed.</summary>
    public sealed record IsShipped : TemplateChange;

    /// <summary>Its mails are about accounts, and no tenant's.</summary>
    public sealed record Reserved(string Alias) : TemplateChange;

    /// <summary>It cannot be published as it is.</summary>
    public sealed record Refused(IReadOnlyList<TemplateProblem> Problems) : TemplateChange;
}
