using System.Text.Json;
using Waybill.Engine.Brands;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Journal;
using Waybill.Engine.Tenancy;
using Waybill.Templates;

namespace Waybill.Engine.Composing;

/// <summary>Shows a template filled, draft or not, by the same way in which mails are written.</summary>
public sealed class Previewing(Publishing publishing, BrandBook brands, UnnamedBrand unnamed, Tenants tenants)
{
    /// <summary>Fills the template.</summary>
    public async Task<Preview> PreviewAsync(TenantId tenant, Template template, PreviewWish wish, CancellationToken cancellationToken) =>
        await BrandAsync(tenant, wish.Brand, cancellationToken) is { } brand
            ? await PreviewAsync(tenant, template, brand, wish, cancellationToken)
            : new Preview.Refused($"There is no brand `{wish.Brand}`.", []);

    /// <summary>The brand that a wish names, which may be none; null when there is no such brand.</summary>
    public async Task<Brand?> BrandAsync(TenantId tenant, string? named, CancellationToken cancellationToken) =>
        await brands.FindAsync(tenant, named, cancellationToken) ?? (named is null ? unnamed.Of(tenant) : null);

    /// <summary>Fills the template for a brand that need not be kept yet.</summary>
    public async Task<Preview> PreviewAsync(
        TenantId tenant, Template template, Brand brand, PreviewWish wish, CancellationToken cancellationToken)
    {
        var zone = (await tenants.FindAsync(tenant, cancellationToken))?.TimeZone ?? "UTC";
        var (content, problems) = await publishing.PrepareAsync(tenant, template, cancellationToken);
        return Show(template with { Content = content }, problems, brand, wish, TimeZoneInfo.FindSystemTimeZoneById(zone));
    }

    static Preview Show(Template template, IReadOnlyList<TemplateProblem> problems, Brand brand, PreviewWish wish, TimeZoneInfo zone)
    {
        var text = LocaleChoice.Pick(template.Content, wish.Locale, brand.Identity.Locale);
        if (TemplateCompiler.Compile(template.Content.Source(template.Name, text)) is not Compilation.Compiled(var compiled, _))
            return new Preview.Refused("The template does not compile.", problems);
        var data = wish.Data ?? SampleData.Of(template.Content.Variables);
        return compiled.Render(data, BrandFaces.Of(brand), new RenderOptions(text.Locale, zone)) switch
        {
            Rendering.Rendered(var subject, var html, var plain) => new Preview.Shown(text.Locale, new(subject, plain, html), problems),
            Rendering.Refused(var line, var column, var message) =>
                new Preview.Refused($"{message} (line {line}, column {column})", problems),
            var other => throw new System.Diagnostics.UnreachableException($"No rule for {other.GetType().Name}."),
        };
    }
}

/// <summary>What a preview is made with.</summary>
public sealed record PreviewWish
{
    /// <summary>The locale; null: the brand's.</summary>
    public string? Locale { get; init; }

    /// <summary>The brand's id or alias; null: the default one.</summary>
    public string? Brand { get; init; }

    /// <summary>The values; null: the samples of the template's variables.</summary>
    public JsonElement? Data { get; init; }
}

/// <summary>What a preview came to.</summary>
public abstract record Preview
{
    private Preview() { }

    /// <summary>What the mail would say, and what the checks say of the template.</summary>
    public sealed record Shown(string Locale, MessageParts Parts, IReadOnlyList<TemplateProblem> Problems) : Preview;

    /// <summary>It cannot be shown.</summary>
    public sealed record Refused(string Sentence, IReadOnlyList<TemplateProblem> Problems) : Preview;
}
