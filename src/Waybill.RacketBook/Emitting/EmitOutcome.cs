using System.Text.RegularExpressions;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;

namespace Waybill.RacketBook.Emitting;

/// <summary>What an emit came to. There is no fourth: who waits is not in the log yet.</summary>
public abstract partial record EmitOutcome
{
    const int LongestMessage = 500;

    private EmitOutcome() { }

    /// <summary>The relay took it. Whether it bounced later, the log does not know.</summary>
    /// <param name="HeaderId">The Message-ID; null: not known.</param>
    public sealed record Sent(string? HeaderId) : EmitOutcome;

    /// <summary>It was not taken, or nobody knows whether it was.</summary>
    /// <param name="Class">The kind of failure, one word.</param>
    /// <param name="Message">The relay's words, at most 500 characters.</param>
    public sealed record Failed(string Class, string Message) : EmitOutcome;

    /// <summary>Nothing was attempted.</summary>
    /// <param name="Reason"><c>no_address</c>, <c>self_job</c> or <c>re_emit_not_mailed</c>.</param>
    public sealed record Skipped(string Reason) : EmitOutcome;

    /// <summary>The word in the log.</summary>
    public string Word => this switch
    {
        Sent => "sent",
        Failed => "failed",
        Skipped => "skipped_no_email",
        _ => throw new System.Diagnostics.UnreachableException($"No word for {GetType().Name}."),
    };

    /// <summary>What the engine's message tells; null while it is on its way.</summary>
    public static EmitOutcome? Of(MessageRecord message) => message.Status switch
    {
        MessageStatus.Scheduled or MessageStatus.Queued or MessageStatus.Sending => null,
        MessageStatus.Sent or MessageStatus.Delivered or MessageStatus.Bounced or MessageStatus.Complained => new Sent(message.HeaderId),
        MessageStatus.SkippedNoEmail => new Skipped(message.Reason ?? "no_address"),
        MessageStatus.Held => Fail(Reasons.OutcomeUnknown, message.Reason),
        _ => Fail(ClassOf(message.Reason ?? ""), message.Reason),
    };

    static Failed Fail(string kind, string? reason) => new(kind, Short(reason ?? kind));

    /// <summary>
    /// A reason of the engine's begins with its class; a relay's reply has its code at its beginning, or behind what was being done (RFC
    /// 5321 §4.2).
    /// </summary>
    static string ClassOf(string reason) => reason.Split(':', 2)[0] switch
    {
        Reasons.OutcomeUnknown or Reasons.RelayNotConfigured or Reasons.RecipientSuppressed or Reasons.SenderNotGranted
            or Reasons.InvalidAddress => reason.Split(':', 2)[0],
        _ => ClassOfReply(reason),
    };

    static string ClassOfReply(string reply) => Code().Match(reply).Value switch
    {
        "" => "RelayUnreachable",
        "530" or "534" or "535" or "538" => "AuthenticationRefused",
        ['4', ..] => "RelayDeferred",
        _ => "RelayRejected",
    };

    [GeneratedRegex(@"(?<=^|: )[45]\d\d(?=[ -])", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Code();

    static string Short(string text) => text.Length <= LongestMessage ? text : text[..(LongestMessage - 1)] + "…";
}
