using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Messages;

/// <summary><c>/v1/messages/{id}/timeline</c> and <c>/render</c>: what happened to a message, and what it says.</summary>
internal static class MessagesApi
{
    public static async Task<IResult> TimelineAsync(string id, HttpContext context, Caller caller, MessageJournal journal)
    {
        if (!MessageId.TryParse(id, null, out var message)
            || await journal.FindAsync(caller.Tenant, message, context.RequestAborted) is not { } found)
            return Problem.NotFound("Message");
        var steps = await journal.TimelineAsync(caller.Tenant, message, context.RequestAborted);
        var attempts = await journal.AttemptsAsync(caller.Tenant, message, context.RequestAborted);
        return Results.Json(
            new TimelineAnswer(
                message, found.Status.Word(), found.Reason,
                [.. steps.Select(step => new StepAnswer(step.At.OnTheWire(), step.Step, step.Detail))],
                [.. attempts.Select((attempt, i) => new AttemptAnswer(
                    i + 1, attempt.Relay, attempt.StartedAt.OnTheWire(), attempt.EndedAt?.OnTheWire(), attempt.Outcome, attempt.Reply,
                    attempt.Dialogue))]),
            ApiJson.Default.TimelineAnswer);
    }

    /// <summary>
    /// The bytes that were sent, proved by their hash; with <c>?again=frozen</c> the message composed anew from what it was written from,
    /// with
    /// <c>?again=current</c> from what is published now, and the difference.
    /// </summary>
    public static async Task<IResult> RenderAsync(
        string id, HttpContext context, Caller caller, MessageJournal journal, Composer composer, Recomposing recomposing)
    {
        if (!MessageId.TryParse(id, null, out var message)
            || await journal.FindAsync(caller.Tenant, message, context.RequestAborted) is not { } found
            || await journal.FindSnapshotAsync(caller.Tenant, message, context.RequestAborted) is not { } snapshot)
            return Problem.NotFound("Message");
        return context.Request.Query["again"].ToString() switch
        {
            "" => await ReplayAsync(context, found, snapshot, composer),
            "frozen" => Answer(message, await recomposing.ComposeAsync(snapshot, current: false, context.RequestAborted)),
            "current" => Answer(message, await recomposing.ComposeAsync(snapshot, current: true, context.RequestAborted)),
            var other => new Problem(422, "validation_error", $"The `again` parameter is `{other}`; it must be `frozen` or `current`."),
        };
    }

    static async Task<IResult> ReplayAsync(HttpContext context, MessageRecord message, Snapshot snapshot, Composer composer)
    {
        if (snapshot.Composition is null)
            return new Problem(
                409, "not_composed",
                $"The message is {message.Status.Word()} and has not been composed yet; its bytes exist from its first attempt on.");
        try
        {
            var composed = await composer.ReplayAsync(message.HeaderId, snapshot, context.RequestAborted);
            context.Response.Headers["Waybill-Sha256"] = Convert.ToHexStringLower(composed.Hash);
            if (composed.IsMasked) context.Response.Headers["Waybill-Masked"] = "true";
            return Results.Stream(
                async output =>
                {
                    await foreach (var part in composed.Read(context.RequestAborted)) await output.WriteAsync(part, context.RequestAborted);
                },
                "message/rfc822");
        }
        catch (InvalidDataException altered)
        {
            return new Problem(409, "not_reproducible", altered.Message);
        }
    }

    static IResult Answer(MessageId id, Recomposed recomposed) => recomposed switch
    {
        Recomposed.Done done => Results.Json(new RecomposedAnswer(id, done), ApiJson.Default.RecomposedAnswer),
        Recomposed.Impossible(var sentence) => new Problem(409, "not_recomposable", sentence),
        _ => throw new System.Diagnostics.UnreachableException($"No answer for {recomposed.GetType().Name}."),
    };
}

/// <summary>All that happened to a message, in order.</summary>
internal sealed record TimelineAnswer(
    MessageId Id, string Status, string? Reason, IReadOnlyList<StepAnswer> Steps, IReadOnlyList<AttemptAnswer> Attempts)
{
    public string Object { get; } = "timeline";
}

/// <summary>One step.</summary>
internal sealed record StepAnswer(string At, string Step, string Detail);

/// <summary>One attempt, with all that was said.</summary>
internal sealed record AttemptAnswer(
    int Number, string Relay, string StartedAt, string? EndedAt, string? Outcome, string? Reply, string? Dialogue);

/// <summary>A message composed anew, beside what was sent.</summary>
internal sealed record RecomposedAnswer(
    MessageId Id, bool Same, int TemplateVersion, string Subject, string? Html, string? Text, DifferenceAnswer Difference)
{
    public RecomposedAnswer(MessageId id, Recomposed.Done done)
        : this(id, done.IsSame, done.TemplateNumber, done.Anew.Subject, done.Anew.Html, done.Anew.Text, new DifferenceAnswer(
            LineDifference.Of(done.Sent.Subject, done.Anew.Subject),
            LineDifference.OfHtml(done.Sent.Html ?? "", done.Anew.Html ?? ""),
            LineDifference.Of(done.Sent.Text ?? "", done.Anew.Text ?? "")))
    {
    }

    public string Object { get; } = "rendering";
}

/// <summary>Where it differs: lines with <c>-</c> were sent, lines with <c>+</c> would be.</summary>
internal sealed record DifferenceAnswer(string Subject, string Html, string Text);
