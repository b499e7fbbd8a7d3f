using Waybill.Engine.Catalogue;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Events;

/// <summary>Judges a rule before it is saved: what cannot work is not kept.</summary>
internal sealed class RouteCheck(IDatabase database, StreamTable streams, AccountTemplates accounts)
{
    /// <summary>Whose the shipped templates are.</summary>
    static readonly Guid Shipped = Guid.Empty;

    /// <summary>What is wrong; null when nothing is.</summary>
    public async Task<RouteSaving.Refused?> ObjectionAsync(TenantId tenant, RouteRule rule, CancellationToken cancellationToken)
    {
        if (streams.All.All(stream => stream.Name != rule.Stream))
            return new(
                "stream", $"There is no stream '{rule.Stream}'; there are {string.Join(", ", streams.All.Select(stream => stream.Name))}.");
        if (!streams.Find(rule.Stream).AsksSuppressionList)
            return new(
                "stream",
                $"The stream '{rule.Stream}' is for mails of Waybill itself, which nobody can refuse; a route needs one that asks the suppression list.");
        if (rule.Stream == Streams.Accounts.Name)
            return new("stream", $"The stream '{rule.Stream}' is for Waybill's own mails about accounts; a route needs another.");
        if (EventPath.TryParseBraced(rule.Recipient) is null)
            return new("recipient", "A recipient is a path into the event in double braces, like {{data.buyer_email}}.");
        if (rule.Conditions.FirstOrDefault(condition => EventPath.TryParse(condition.Path) is null) is { } wrong)
            return new("conditions", $"'{wrong.Path}' is no path into an event; write it like data.kind.");
        if (!IsWordOrPath(rule.Brand)) return new("brand", "A brand is its id or alias, or a path like {{data.brand}}.");
        if (!IsWordOrPath(rule.Locale)) return new("locale", "A locale is a language tag like de-CH, or a path like {{data.locale}}.");
        var aliases = await AliasesAsync(tenant, rule.Template, cancellationToken);
        if (aliases.Find(accounts.Has) is { } reserved) return new("template", AccountTemplates.Sentence(reserved));
        return aliases.Count > 0
            ? null
            : new("template", $"There is no published template '{rule.Template}'. Publish one under this id or alias first.");
    }

    static bool IsWordOrPath(string? text) =>
        text is null
            || (text.Contains('{', StringComparison.Ordinal)
                ? EventPath.TryParseBraced(text) is not null
                : !string.IsNullOrWhiteSpace(text));

    /// <summary>Of the published templates that a route may mean; empty where one has none.</summary>
    Task<List<string>> AliasesAsync(TenantId tenant, string template, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync(
            """
            SELECT t.alias FROM templates t WHERE t.tenant_id IN ($1, $2) AND (t.alias = $3 OR t.id = $4)
            AND t.removed_at IS NULL AND EXISTS (SELECT 1 FROM template_versions v WHERE v.template_id = t.id AND v.state = 'published')
            """,
            p => p.Id(tenant.Value).Id(Shipped).Text(template).Id(Guid.TryParseExact(template, "D", out var id) ? id : null),
            row => row.TextOrNull(0) ?? "",
            cancellationToken),
        cancellationToken);
}
