using System.Text.Json;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Accepting;
using Waybill.Engine.Composing;
using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Events;

/// <summary>Writes a mail from a template, as <see cref="MailWriter.WriteAsync"/> does.</summary>
public delegate Task<Writing> WriteMail(TenantId tenant, TemplatedMail mail, CancellationToken cancellationToken);

/// <summary>Says why a tenant may not send such a message, as <see cref="Sending.SenderGate"/> does; null: it may.</summary>
public delegate ValueTask<string?> AskForSender(TenantId tenant, NewMessage message, CancellationToken cancellationToken);

/// <summary>Makes the messages that routes ask for. A route that cannot is a fault of its own and takes nothing from the event.</summary>
public sealed partial class RouteMails(WriteMail write, AskForSender askForSender, MessageIntake intake, ILogger<RouteMails> log)
{
    const int MostRecipients = 50;

    static readonly JsonElement NoData = JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement>(), EventJson.Default.DictionaryStringJsonElement);

    internal async Task<(IReadOnlyList<AcceptedMessage> Messages, IReadOnlyList<RouteFault> Faults)> WriteAsync(
        AcceptedEvent e, IReadOnlyList<EventRoute> routes, IReadOnlyList<string> secretPaths, CancellationToken cancellationToken)
    {
        var (messages, faults) = (new List<AcceptedMessage>(), new List<RouteFault>());
        foreach (var route in routes)
        {
            var (message, objection) = await WriteAsync(e.Tenant, e.Id, e.Event, route, secretPaths, cancellationToken);
            if (message is not null) messages.Add(intake.Take(e.Tenant, message, mayBeInline: false)); // nobody waits for it
            else faults.Add(new(route.Id, objection!));
        }

        return (messages, faults);
    }

    /// <summary>The message that a route makes of an event, or why it makes none. Nothing is kept.</summary>
    internal async Task<(NewMessage? Message, string? Objection)> WriteAsync(
        TenantId tenant, EventKey id, NewEvent e, EventRoute route, IReadOnlyList<string> secretPaths, CancellationToken cancellationToken)
    {
        var (recipients, objection) = Recipients(route.Rule, e);
        if (objection is not null) return (null, objection);
        try
        {
            var mail = Mail(id, e, route.Rule, recipients) with { SecretPaths = secretPaths };
            return await write(tenant, mail, cancellationToken) switch
            {
                Writing.Written(var message) => await ObjectionAsync(tenant, message, cancellationToken) is { } not ? (null, not) : (message, null),
                Writing.Refused(var field, var sentence) => (null, $"{field}: {sentence}"),
                _ => throw new System.Diagnostics.UnreachableException("No rule for this writing."),
            };
        }
        catch (Exception broken) when (broken is not (OperationCanceledException or StorageException))
        {
            LogBroken(id, route.Id, broken);
            return (null, $"Waybill met a defect while it wrote the mail: {broken.GetType().Name}. The log has it.");
        }
    }

    async ValueTask<string?> ObjectionAsync(TenantId tenant, NewMessage message, CancellationToken cancellationToken)
    {
        if (intake.Refusal([message]) is { Sentence: var sentence }) return $"stream: {sentence}";
        return await askForSender(tenant, message, cancellationToken) is { } sender ? $"from: {sender}" : null;
    }

    static TemplatedMail Mail(EventKey id, NewEvent e, RouteRule rule, IReadOnlyList<Recipient> recipients) => new()
    {
        Template = rule.Template,
        Stream = rule.Stream,
        Brand = WordAt(rule.Brand, e),
        Locale = WordAt(rule.Locale, e),
        Data = e.Data is { ValueKind: JsonValueKind.Object } data ? data : NoData,
        Recipients = recipients,
        CausedBy = id.Value,
    };

    /// <summary>A path that leads nowhere means the standard, as no path does.</summary>
    static string? WordAt(string? wordOrPath, NewEvent e) => wordOrPath is not null && EventPath.TryParseBraced(wordOrPath) is { } path
        ? path.In(e) is { ValueKind: JsonValueKind.String } word && word.GetString() is { Length: > 0 } text ? text : null
        : wordOrPath;

    static (IReadOnlyList<Recipient> Recipients, string? Objection) Recipients(RouteRule rule, NewEvent e)
    {
        var value = EventPath.TryParseBraced(rule.Recipient)?.In(e);
        IReadOnlyList<JsonElement> given = value is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : value is { } one ? [one] : [];
        var (recipients, known) = (new List<Recipient>(), new HashSet<Address>());
        foreach (var item in given)
        {
            if (item.ValueKind != JsonValueKind.String) return ([], $"recipient: {rule.Recipient} is no address.");
            var text = item.GetString()!;
            if (string.IsNullOrWhiteSpace(text)) continue;
            if (!Mailbox.TryParse(text.Trim(), out var mailbox, out var problem)) return ([], $"recipient: {rule.Recipient} is no address. {problem}");
            if (!known.Add(mailbox.Address)) continue; // one person gets one copy
            if (recipients.Count == MostRecipients) return ([], $"recipient: {rule.Recipient} has more addresses than the {MostRecipients} of one mail.");
            recipients.Add(new(recipients.Count, RecipientKind.To, mailbox));
        }

        return recipients.Count > 0 ? (recipients, null) : ([], $"recipient: the event has no address at {rule.Recipient}.");
    }

    [LoggerMessage(2611, LogLevel.Error, "A mail for event {Id} by route {Route} met a defect of Waybill")]
    partial void LogBroken(EventKey id, Guid route, Exception defect);
}
