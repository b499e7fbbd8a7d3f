using System.Text;
using Waybill.Engine.Retrying;
using Waybill.Mime;

namespace Waybill.Engine.Relays;

/// <summary>
/// Captures mail, and prints each message for whoever sits before the console: as one block, for people and not for the log.
/// </summary>
public sealed class MockTransport(TextWriter console) : ITransport
{
    const int LongestBody = 20_000;
    static readonly string Rule = new('-', 78);

    readonly Lock gate = new();

    /// <inheritdoc/>
    public string Name => "mock";

    /// <inheritdoc/>
    public string Sentence => "Mail is captured and printed here, its body too (Email:Provider=mock): nothing is sent.";

    /// <inheritdoc/>
    public Task<HandOverReport> HandOverAsync(Parcel parcel, CancellationToken cancellationToken)
    {
        if (parcel.Message is { } message)
        {
            var block = Block(message, parcel);
            lock (gate) console.WriteLine(block);
        }

        return Task.FromResult(new HandOverReport(
            parcel.Recipients.ToDictionary(recipient => recipient.Position, AttemptOutcome (_) => new AttemptOutcome.Accepted("printed")),
            Dialogue: null));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static string Block(MimeMessage message, Parcel parcel)
    {
        var text = new StringBuilder(Rule).Append('\n');
        void Line(string name, string value) => text.Append(name).Append(": ").Append(Tame(value.ReplaceLineEndings(" "))).Append('\n');

        Line("From", message.From.ToString());
        Line("To", string.Join(", ", parcel.Recipients.Select(recipient => recipient.Address)));
        if (message.ReplyTo.Count > 0) Line("Reply-To", string.Join(", ", message.ReplyTo));
        Line("Subject", message.Subject);
        foreach (var file in message.Attachments) Line("Attachment", $"{file.FileName} ({file.ContentType}, {file.Length} octets)");
        text.Append('\n').Append(Tame((message.Text ?? message.Html ?? "").ReplaceLineEndings("\n").TrimEnd()));
        return text.Append('\n').Append(Rule).ToString();
    }

    /// <summary>No control character reaches the terminal, which would obey it.</summary>
    static string Tame(string text)
    {
        var shown = text.Length > LongestBody ? $"{text.AsSpan(0, LongestBody)}… ({text.Length - LongestBody} characters more)" : text;
        return string.Create(shown.Length, shown, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) && source[i] is not ('\n' or '\t') ? '\u00b7' : source[i];
        });
    }
}
