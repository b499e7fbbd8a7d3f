using Waybill.Books.Verbs;
using Waybill.Engine.Accepting;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Routing;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;
using Waybill.Server.Configuration;

namespace Waybill.Server.Commands;

/// <summary><c>waybill send-test --to ADDRESS [--from ADDRESS]</c>.</summary>
internal static class SendTestVerb
{
    public static Verb Verb { get; } = new("send-test", "Sends a test message now and shows what the relay says.", RunAsync)
    {
        Parameters =
        [
            new VerbParameter.Option("to", "Who gets it.") { IsRequired = true },
            new VerbParameter.Option("from", "Who it comes from; SMTP_FROM unless given."),
        ],
        Delivers = true,
    };

    static async Task<VerbAnswer> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        if (!Mailbox.TryParse(call["to"]!, out var recipient, out var problem))
            return VerbAnswer.Refuse($"'{call["to"]}' is not an address: {problem}");
        var sender = call.Services.GetRequiredService<Settings>().From;
        if (call["from"] is { } from && !Mailbox.TryParse(from, out sender, out problem))
            return VerbAnswer.Refuse($"'{from}' is not an address: {problem}");
        var tenant = await call.Services.GetRequiredService<Tenants>().EnsureAsync(Tenants.First, cancellationToken);
        var test = new NewMessage
        {
            From = sender,
            Recipients = [new(0, RecipientKind.To, recipient)],
            Stream = Streams.Tests.Name,
            Subject = "A test from Waybill",
            Text = "This is a test message from Waybill. If you can read it, mail arrives.\n",
            Html = "<p>This is a test message from Waybill. If you can read it, mail arrives.</p>\n",
        };
        var acceptor = call.Services.GetRequiredService<Acceptor>();
        var standing = ((Acceptance.Accepted)await acceptor.AcceptAsync(tenant.Id, apiKey: null, [test], key: null, _ => "")).Standings[0];
        if (standing.Status is MessageStatus.Sending or MessageStatus.Queued)
            return VerbAnswer.Refuse($"Message {standing.Id} is not through yet: {standing.Reason ?? "it waits for its turn"}.");
        var attempts = await call.Services.GetRequiredService<MessageJournal>().AttemptsAsync(tenant: null, standing.Id, cancellationToken);
        string[] dialogue = attempts.LastOrDefault()?.Dialogue is { } said ? [said] : [];
        var status = standing.Status!.Value;
        return VerbAnswer.Say(
            [.. dialogue, $"{status.Word()}: {standing.Reason}", $"message {standing.Id}"], exitCode: status.Word() == "sent" ? 0 : 1);
    }
}
