using Waybill.Engine.Brands;
using Waybill.Engine.Templates;

namespace Waybill.Engine.Catalogue;

/// <summary>What is looked at before a template is published: that each locale compiles, and the checks.</summary>
public sealed class Publishing(TemplateCompiler compiler)
{
    static BrandFace SampleFace { get; } = new() { Name = "Waybill", Colour = BrandFaces.Standard };

    /// <summary>All that is wrong, and all that is worth a second look.</summary>
    public IReadOnlyList<TemplateProblem> Check(string name, TemplateContent content) =>
        TemplateChecks.Check(content.Sources(name), compiler, [.. content.Texts.Select(text => text.Locale)], SampleFace);
}
