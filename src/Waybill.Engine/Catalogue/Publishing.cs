using Waybill.Engine.Brands;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Templates;

namespace Waybill.Engine.Catalogue;

/// <summary>What happens before a template is published: its partials are taken in, and it is looked at.</summary>
public sealed class Publishing(IDatabase database)
{
    static BrandFace SampleFace { get; } = new() { Name = "Waybill", Colour = BrandFaces.Standard };

    /// <summary>The template as it would be published now: all that is wrong with it, and all that is worth a second look.</summary>
    public async Task<(TemplateContent Content, IReadOnlyList<TemplateProblem> Problems)> PrepareAsync(
        TenantId tenant, Template template, CancellationToken cancellationToken)
    {
        var (content, missing, shipped) = await database.ReadAsync(
            async session =>
            {
                var (taken, absent) = await new PartialIntake(session, tenant, template).TakeInAsync(cancellationToken);
                return (taken, absent,
                    template.Alias is { } alias
                        ? await TemplateRows.FindPublishedAsync(session, TenantId.Everybody, alias, cancellationToken)
                        : null);
            },
            cancellationToken);
        var found = TemplateChecks.Check(content.Sources(template.Name), [.. content.Texts.Select(text => text.Locale)], SampleFace);
        return (content, [.. missing, .. found, .. Unveiled(content, shipped?.Content)]);
    }

    /// <summary>What is secret in the template that ships is filled with a secret, whatever stands in front of it.</summary>
    static IEnumerable<TemplateProblem> Unveiled(TemplateContent content, TemplateContent? shipped) =>
        from secret in shipped?.Variables ?? []
        where secret.IsSecret && !content.Variables.Any(variable => variable.Path == secret.Path && variable.IsSecret)
        select new TemplateProblem(
            null, 0, 0, $"{secret.Path} is secret in the template that ships: declare it, as a secret.",
            IsFatal: true)
        { Part = TemplatePart.Variables };
}
