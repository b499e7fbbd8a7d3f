using Waybill.Books.Verbs;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;

namespace Waybill.Server.Commands;

/// <summary><c>waybill render ID [--again] [--current]</c>.</summary>
internal static class RenderVerb
{
    public static Verb Verb { get; } = new(
        "render", "Writes the bytes of a message as they were sent, proved by their hash, to standard output.", RunAsync)
    {
        Parameters =
        [
            new VerbParameter.Argument("id", "The message's id."),
            new VerbParameter.Flag("again", "Compose it anew from what it was written from, and show the difference."),
            new VerbParameter.Flag("current", "With --again: from the template and the brand as they are now."),
        ],
    };

    static Task<VerbAnswer> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        if (!MessageId.TryParse(call["id"], null, out var id))
            return Task.FromResult(VerbAnswer.Refuse($"'{call["id"]}' is not a message's id."));
        return call.Has("again") || call.Has("current")
            ? AgainAsync(call, id, cancellationToken)
            : ReplayAsync(call, id, cancellationToken);
    }

    static async Task<VerbAnswer> ReplayAsync(VerbCall call, MessageId id, CancellationToken cancellationToken)
    {
        var journal = call.Services.GetRequiredService<MessageJournal>();
        if (await journal.FindAsync(tenant: null, id, cancellationToken) is not { } message
            || await journal.FindSnapshotAsync(tenant: null, id, cancellationToken) is not { } snapshot)
            return VerbAnswer.Refuse($"There is no message {id}.");
        if (snapshot.Composition is null)
            return VerbAnswer.Refuse(
                $"Message {id} is {message.Status.Word()} and has not been composed yet; its bytes exist from its first attempt on.");
        try
        {
            var composed = await call.Services.GetRequiredService<Composer>().ReplayAsync(message.HeaderId, snapshot, cancellationToken);
            var masked = composed.IsMasked ? ", with the secret values masked" : "";
            return new(0, await composed.ReadAsync(cancellationToken),
                $"sha256 {Convert.ToHexStringLower(composed.Hash)}: these are the bytes that were recorded before they were handed over{masked}.\n");
        }
        catch (InvalidDataException altered)
        {
            return VerbAnswer.Refuse(altered.Message);
        }
    }

    /// <summary>What differs, to standard output.</summary>
    static async Task<VerbAnswer> AgainAsync(VerbCall call, MessageId id, CancellationToken cancellationToken)
    {
        if (await call.Services.GetRequiredService<MessageJournal>()
            .FindSnapshotAsync(tenant: null, id, cancellationToken) is not { } snapshot)
            return VerbAnswer.Refuse($"There is no message {id}.");
        switch (await call.Services.GetRequiredService<Recomposing>().ComposeAsync(snapshot, call.Has("current"), cancellationToken))
        {
            case Recomposed.Done done:
                var difference = Describe(done);
                return VerbAnswer.Say(
                    [difference.Length == 0 ? "Nothing differs: composed anew it says what was sent." : difference.TrimEnd('\n')]);
            case Recomposed.Impossible(var sentence):
                return VerbAnswer.Refuse(sentence);
            case var other:
                throw new System.Diagnostics.UnreachableException($"No answer for {other.GetType().Name}.");
        }
    }

    static string Describe(Recomposed.Done done) =>
        Part("subject", LineDifference.Of(done.Sent.Subject, done.Anew.Subject))
        + Part("text", LineDifference.Of(done.Sent.Text ?? "", done.Anew.Text ?? ""))
        + Part("html", LineDifference.OfHtml(done.Sent.Html ?? "", done.Anew.Html ?? ""));

    static string Part(string name, string difference) => difference.Length == 0 ? "" : $"=== {name}\n{difference}";
}
