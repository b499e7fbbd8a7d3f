namespace Waybill.Smtp;

/// <summary>How times and stages are told in sentences.</summary>
static class Words
{
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: 1 } => "1 second",
        { TotalMinutes: 1 } => "1 minute",
        { TotalMinutes: > 1, Seconds: 0 } => $"{span.TotalMinutes:0} minutes",
        { TotalSeconds: >= 1 } => FormattableString.Invariant($"{span.TotalSeconds:0.#} seconds"),
        _ => $"{span.TotalMilliseconds:0} ms",
    };

    /// <summary>What was going on: to be followed by a colon and what went wrong.</summary>
    public static string While(DialogueStage stage) => stage switch
    {
        DialogueStage.NameLookup => "looking up the name",
        DialogueStage.Connect => "connecting",
        DialogueStage.Greeting => "waiting for the greeting",
        DialogueStage.Hello => "introducing ourselves (EHLO)",
        DialogueStage.Tls => "securing the connection",
        DialogueStage.SignIn => "signing in",
        DialogueStage.Sender => "naming the sender",
        DialogueStage.Recipients => "naming the recipients",
        DialogueStage.Data => "announcing the content",
        _ => "handing over the content",
    };
}
