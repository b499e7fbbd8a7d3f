using Waybill.Engine.Brands;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Journal;
using Waybill.Engine.Suppression;
using Waybill.Engine.Tenancy;
using Waybill.Templates;

namespace Waybill.Engine.Composing;

/// <summary>
/// Composes a templated message anew from what it was written from and holds it against what was sent: with the same version, to see
/// whether this program still writes it alike, or with another, to see what would be different today.
/// </summary>
public sealed class Recomposing(
    TemplateStore templates, AccountTemplates accounts, CompiledTemplates compiled, BrandBook brands, UnnamedBrand unnamed, Tenants tenants)
{
    /// <summary>What it would say, or why that cannot be told.</summary>
    /// <param name="snapshot">The message's.</param>
    /// <param name="current">True: with what is published and the brand as it is now; false: with the versions that it was written
    /// from.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Recomposed> ComposeAsync(Snapshot snapshot, bool current, CancellationToken cancellationToken)
    {
        if (snapshot.Inputs.Origin is not { } origin)
            return new Recomposed.Impossible(
                "This message was posted as it is, not written from a template; there is nothing to compose anew.");
        var version = current
            ? await templates.FindPublishedAsync(
                snapshot.Tenant, await NameAsync(snapshot.Tenant, origin, cancellationToken), cancellationToken)
            : await templates.FindVersionAsync(snapshot.Tenant, origin.TemplateVersion, cancellationToken);
        if (version is null) return new Recomposed.Impossible($"The template {origin.Template} is gone.");
        var brand = await BrandAsync(snapshot.Tenant, origin, current, cancellationToken);
        if (brand is null) return new Recomposed.Impossible("The brand is gone.");
        var zone = (await tenants.FindAsync(snapshot.Tenant, cancellationToken))?.TimeZone ?? "UTC";
        return Compose(snapshot.Inputs, origin, version, brand, TimeZoneInfo.FindSystemTimeZoneById(zone), current);
    }

    Recomposed Compose(SnapshotInputs inputs, MessageOrigin origin, PublishedVersion version, Brand brand, TimeZoneInfo zone, bool current)
    {
        var text = LocaleChoice.Pick(version.Content, origin.Locale, brand.Identity.Locale);
        var (template, problem) = compiled.Find(version, text);
        if (template is null) return new Recomposed.Impossible(problem!);
        return template.Render(origin.Data, BrandFaces.Of(brand), Options(inputs, text.Locale, zone)) switch
        {
            Rendering.Rendered(var subject, var html, var plain) => new Recomposed.Done(
                new(inputs.Subject, inputs.Text, inputs.Html), new(origin.Subject ?? subject, plain, html), version.Number),
            Rendering.Refused(var line, var column, var message) => new Recomposed.Impossible($"{message} (line {line}, column {column})"),
            var other => throw new System.Diagnostics.UnreachableException($"No rule for {other.GetType().Name}."),
        };
    }

    /// <summary>The link to unsubscribe is the one that the message's header has.</summary>
    static RenderOptions Options(SnapshotInputs inputs, string locale, TimeZoneInfo zone) => new(locale, zone)
    {
        UnsubscribeUrl = inputs.Headers.FirstOrDefault(header => header.Name == UnsubscribeLinks.Header)?.Value.Trim('<', '>'),
    };

    /// <summary>The template that the version belongs to, by its id; a name may lead to another one by now.</summary>
    async Task<string> NameAsync(TenantId tenant, MessageOrigin origin, CancellationToken cancellationToken) =>
        (await templates.FindVersionAsync(tenant, origin.TemplateVersion, cancellationToken))?.Template.ToString() ?? origin.Template;

    async Task<Brand?> BrandAsync(TenantId tenant, MessageOrigin origin, bool current, CancellationToken cancellationToken)
    {
        if (origin.Brand == Guid.Empty)
            return (current && !accounts.Has(origin.Template) ? await brands.FindAsync(tenant, null, cancellationToken) : null)
                ?? unnamed.Of(tenant);
        var id = new BrandId(origin.Brand);
        return (current ? await brands.FindAsync(tenant, id.ToString(), cancellationToken) : null)
            ?? await brands.FindVersionAsync(tenant, id, origin.BrandVersion, cancellationToken);
    }
}

/// <summary>What composing anew came to.</summary>
public abstract record Recomposed
{
    private Recomposed() { }

    /// <summary>What was sent and what would be sent.</summary>
    public sealed record Done(MessageParts Sent, MessageParts Anew, int TemplateNumber) : Recomposed
    {
        /// <summary>Whether nothing differs.</summary>
        public bool IsSame => Sent == Anew;
    }

    /// <summary>It cannot be composed anew.</summary>
    public sealed record Impossible(string Sentence) : Recomposed;
}
