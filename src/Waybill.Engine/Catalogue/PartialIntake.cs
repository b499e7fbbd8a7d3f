using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Templates;

namespace Waybill.Engine.Catalogue;

/// <summary>
/// Takes a tenant's partials into a template that is about to be published, so that its version stands by itself: whoever edits a partial
/// changes no mail until the templates that use it are published again. The partial <c>{{> closing}}</c> is the published template with the
/// alias <c>partial.closing</c>.
/// </summary>
internal sealed class PartialIntake
{
    /// <summary>What the aliases of partials begin with.</summary>
    public const string Prefix = "partial.";

    readonly Session session;
    readonly TenantId tenant;
    readonly Template template;
    readonly Dictionary<string, TemplateContent?> known = new(StringComparer.Ordinal);

    /// <param name="session">Where the partials are read.</param>
    /// <param name="tenant">Whose they are.</param>
    /// <param name="template">What takes them in. One that is a partial itself stands for what it will be, so that a circle is
    /// seen.</param>
    public PartialIntake(Session session, TenantId tenant, Template template)
    {
        (this.session, this.tenant, this.template) = (session, tenant, template);
        if (template.Alias is { } alias && alias.StartsWith(Prefix, StringComparison.Ordinal))
            known[alias[Prefix.Length..]] = template.Content;
    }

    /// <summary>The content with the partials of each locale, and what keeps one from being taken in.</summary>
    public async ValueTask<(TemplateContent Content, IReadOnlyList<TemplateProblem> Problems)> TakeInAsync(
        CancellationToken cancellationToken)
    {
        var content = template.Content;
        var (texts, problems) = (new List<TemplateText>(), new List<TemplateProblem>());
        foreach (var text in content.Texts) texts.Add(text with { Partials = await FindAsync(text, problems, cancellationToken) });
        return (content with { Texts = texts }, problems);
    }

    async ValueTask<SortedDictionary<string, string>?> FindAsync(
        TemplateText text, List<TemplateProblem> problems, CancellationToken cancellationToken)
    {
        var format = template.Content.Format;
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(Used(format, text.Subject, text.Preheader, text.Body, text.Text));
        while (waiting.TryDequeue(out var name))
        {
            // one that is missing is told of where it is used
            if (found.ContainsKey(name) || await ContentAsync(name, cancellationToken) is not { } partial) continue;
            if (found.Count == TemplateLimits.PartialsInAll)
                return Refuse($"More than {TemplateLimits.PartialsInAll} partials are used: use fewer.");
            if (partial.Format != format)
                return Refuse($"The partial {name} is written in {partial.Format}, and this template in {format}: write both in one.");
            found[name] = LocaleChoice.Pick(partial, text.Locale, "en").Body;
            foreach (var further in Used(format, found[name])) waiting.Enqueue(further);
        }

        return found.Count == 0 ? null : found;

        SortedDictionary<string, string>? Refuse(string sentence)
        {
            problems.Add(new(text.Locale, 0, 0, sentence, IsFatal: true));
            return null;
        }
    }

    async ValueTask<TemplateContent?> ContentAsync(string name, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(name, out var content)) return content;
        return known[name] = (await TemplateRows.FindPublishedAsync(session, tenant, Prefix + name, cancellationToken))?.Content;
    }

    /// <summary>The partials that a template's own texts ask for.</summary>
    public static IEnumerable<string> UsedBy(TemplateContent content) =>
        content.Texts.SelectMany(text => Used(content.Format, text.Subject, text.Preheader, text.Body, text.Text))
            .Distinct(StringComparer.Ordinal);

    static IEnumerable<string> Used(TemplateFormat format, params IEnumerable<string?> sources) =>
        sources.OfType<string>().SelectMany(source => PartialUses.In(source, format)).Distinct(StringComparer.Ordinal);
}
