using Waybill.Engine.Journal;
using Waybill.Engine.Suppression;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Events;

/// <summary>
/// Tries a rule on an event that was received: the mail that it would cause, or why it would cause none. Nothing is kept and nothing is
/// sent; the event's secrets are masked in the mail too.
/// </summary>
public sealed class RouteTrial(RouteMails mails, SuppressionList suppressions)
{
    /// <summary>What the rule would make of the event; whether it is enabled does not matter.</summary>
    public async Task<RouteTried> TryAsync(TenantId tenant, RouteRule rule, EventRecord record, CancellationToken cancellationToken)
    {
        var e = record.Again();
        if (e.Type != rule.EventType) return new RouteTried.OtherType(e.Type);
        if (rule.Conditions.FirstOrDefault(condition => !condition.Holds(e)) is { } failed)
            return new RouteTried.Unmet(failed.Path, EventPath.TryParse(failed.Path)?.In(e)?.ToString());
        var route = new EventRoute
        {
            Id = Guid.Empty,
            Tenant = tenant,
            Rule = rule,
            CreatedAt = record.AcceptedAt,
            UpdatedAt = record.AcceptedAt
        };
        var on = await mails.FetchAsync(tenant, RouteMailKind.Of(rule, e), cancellationToken);
        var (message, objection) = mails.Write(record.Id, e, route, secretPaths: [], on);
        if (message is null) return new RouteTried.Fault(objection!);
        var stopped = await suppressions.StoppedAsync(
            tenant, rule.Stream, [.. message.Recipients.Select(recipient => recipient.Mailbox.Address.ToString())], cancellationToken);
        return new RouteTried.Mail(message, [.. stopped.Keys]);
    }
}

/// <summary>What trying a rule on an event came to.</summary>
public abstract record RouteTried
{
    private RouteTried() { }

    /// <summary>This mail.</summary>
    /// <param name="Message">As it would be accepted.</param>
    /// <param name="Suppressed">The recipients who are on the suppression list and would not get it.</param>
    public sealed record Mail(NewMessage Message, IReadOnlyList<string> Suppressed) : RouteTried;

    /// <summary>None: the rule is about events of another type.</summary>
    public sealed record OtherType(string Type) : RouteTried;

    /// <summary>None: a condition does not hold.</summary>
    /// <param name="Path">Whose.</param>
    /// <param name="Value">What the event has there; null: nothing.</param>
    public sealed record Unmet(string Path, string? Value) : RouteTried;

    /// <summary>None, and it should have: this is wrong.</summary>
    public sealed record Fault(string Sentence) : RouteTried;
}
