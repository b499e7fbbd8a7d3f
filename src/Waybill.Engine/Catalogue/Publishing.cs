using Waybill.Engine.Brands;
using Waybill.Engine.Storage;
using Waybill.Engine.Templates;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Catalogue;

/// <summary>What happens before a template is published: its partials are taken in, and it is looked at.</summary>
public sealed class Publishing(IDatabase database)
{
    static BrandFace SampleFace { get; } = new() { Name = "Waybill", Colour = BrandFaces.Standard };

    /// <summary>The template as it would be published now: all that is wrong with it, and all that is worth a second look.</summary>
    public async Task<(TemplateContent Content, IReadOnlyList<TemplateProblem> Problems)> PrepareAsync(
        TenantId tenant, Template template, CancellationToken cancellationToken)
    {
        var (content, missing) = await database.ReadAsync(
            session => new PartialIntake(session, tenant, template).TakeInAsync(cancellationToken), cancellationToken);
        var found = TemplateChecks.Check(content.Sources(template.Name), [.. content.Texts.Select(text => text.Locale)], SampleFace);
        return (content, [.. missing, .. found]);
    }
}
