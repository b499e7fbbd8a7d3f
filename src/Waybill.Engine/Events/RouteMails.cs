using System.Text.Json;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Accepting;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Events;

/// <summary>Fetches what mails of a tenant by one template, in one brand's name and on one stream are written on.</summary>
public delegate Task<RouteStationery> FetchStationery(TenantId tenant, RouteMailKind kind, CancellationToken cancellationToken);

/// <summary>Makes the messages that routes ask for. A route that cannot is a fault of its own and takes nothing from the event.</summary>
public sealed partial class RouteMails(FetchStationery fetch, MessageIntake intake, ILogger<RouteMails> log)
{
    const int MostRecipients = 50;

    static readonly JsonElement NoData = JsonSerializer.SerializeToElement(
        new Dictionary<string, JsonElement>(), EventJson.Default.DictionaryStringJsonElement);

    /// <summary>Fetches what a route's mail of this event is written on, before the unit of work begins.</summary>
    /// <exception cref="StorageException">The database is away.</exception>
    internal async Task<RouteStationery> FetchAsync(TenantId tenant, RouteMailKind kind, CancellationToken cancellationToken)
    {
        try
        {
            return await fetch(tenant, kind, cancellationToken);
        }
        catch (Exception broken) when (broken is not (OperationCanceledException or StorageException))
        {
            return new(
                [], _ => throw new InvalidOperationException("What the mail is written on could not be fetched.", broken), _ => null);
        }
    }

    /// <summary>Writes what routes make of an event; it reads nothing.</summary>
    internal (IReadOnlyList<AcceptedMessage> Messages, IReadOnlyList<RouteFault> Faults) Write(
        AcceptedEvent e, IReadOnlyList<EventRoute> routes, IReadOnlyList<string> secretPaths, Func<RouteMailKind, RouteStationery> on)
    {
        var (messages, faults) = (new List<AcceptedMessage>(), new List<RouteFault>());
        foreach (var route in routes)
        {
            var (message, objection) = Write(e.Id, e.Event, route, secretPaths, on(RouteMailKind.Of(route.Rule, e.Event)));
            if (message is not null) messages.Add(intake.Take(e.Tenant, message, mayBeInline: false)); // nobody waits for it
            else faults.Add(new(route.Id, objection!));
        }

        return (messages, faults);
    }

    /// <summary>The message that a route makes of an event, or why it makes none. Nothing is kept.</summary>
    internal (NewMessage? Message, string? Objection) Write(
        EventKey id, NewEvent e, EventRoute route, IReadOnlyList<string> secretPaths, RouteStationery on)
    {
        var (recipients, objection) = Recipients(route.Rule, e);
        if (objection is not null) return (null, objection);
        try
        {
            return on.Write(Mail(id, e, route.Rule, recipients) with { SecretPaths = secretPaths }) switch
            {
                Writing.Written(var message) => Objection(message, on) is { } not ? (null, not) : (message, null),
                Writing.Refused(var field, var sentence) => (null, $"{field}: {sentence}"),
                _ => throw new System.Diagnostics.UnreachableException("No rule for this writing."),
            };
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            LogBroken(id, route.Id, broken);
            return (null, $"Waybill met a defect while it wrote the mail: {broken.GetType().Name}. The log has it.");
        }
    }

    string? Objection(NewMessage message, RouteStationery on)
    {
        if (intake.Refusal([message]) is { Sentence: var sentence }) return $"stream: {sentence}";
        return on.SenderObjection(message) is { } sender ? $"from: {sender}" : null;
    }

    static TemplatedMail Mail(EventKey id, NewEvent e, RouteRule rule, IReadOnlyList<Recipient> recipients) => new()
    {
        Template = rule.Template,
        Stream = rule.Stream,
        Brand = RouteMailKind.WordAt(rule.Brand, e),
        Locale = RouteMailKind.WordAt(rule.Locale, e),
        Data = e.Data is { ValueKind: JsonValueKind.Object } data ? data : NoData,
        Recipients = recipients,
        CausedBy = id.Value,
    };

    static (IReadOnlyList<Recipient> Recipients, string? Objection) Recipients(RouteRule rule, NewEvent e)
    {
        var value = EventPath.TryParseBraced(rule.Recipient)?.In(e);
        IReadOnlyList<JsonElement> given = value is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray()]
            : value is { } one ? [one] : [];
        var (recipients, known) = (new List<Recipient>(), new HashSet<Address>());
        foreach (var item in given)
        {
            if (item.ValueKind != JsonValueKind.String) return ([], $"recipient: {rule.Recipient} is no address.");
            var text = item.GetString()!;
            if (string.IsNullOrWhiteSpace(text)) continue;
            if (!Mailbox.TryParse(text.Trim(), out var mailbox, out var problem))
                return ([], $"recipient: {rule.Recipient} is no address. {problem}");
            if (!known.Add(mailbox.Address)) continue; // one person gets one copy
            if (recipients.Count == MostRecipients)
                return ([], $"recipient: {rule.Recipient} has more addresses than the {MostRecipients} of one mail.");
            recipients.Add(new(recipients.Count, RecipientKind.To, mailbox));
        }

        return recipients.Count > 0 ? (recipients, null) : ([], $"recipient: the event has no address at {rule.Recipient}.");
    }

    [LoggerMessage(2611, LogLevel.Error, "A mail for event {Id} by route {Route} met a defect of Waybill")]
    partial void LogBroken(EventKey id, Guid route, Exception defect);
}
