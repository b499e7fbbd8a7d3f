using System.Text.Json;
using Waybill.Engine.Accepting;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Emails;

/// <summary><c>POST /emails</c>: takes one email in. Answered when it is on disk; delivery follows.</summary>
internal static class SendEmail
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, Caller caller, Acceptor acceptor, AttachmentIntake intake, TimeProvider clock)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        var (key, badKey) = Idempotency.Read(context.Request, body);
        if (badKey is not null) return badKey;
        var (email, wrong) = PostedEmail.Read(body.Root, clock.GetUtcNow());
        if (email is null) return wrong!;

        var message = email.Message;
        if (email.Attachments.Count > 0)
        {
            if (key is not null && await acceptor.FindAsync(caller.Key.Id, key, context.RequestAborted) is { } known) return Answer(known);
            var (attachments, refused) = await intake.TakeInAsync(email.Attachments, context.RequestAborted);
            if (refused is not null) return refused;
            message = message with { Attachments = attachments };
        }

        return Answer(await acceptor.AcceptAsync(
            caller.Tenant, caller.Key.Id, [message], key, ids => JsonSerializer.Serialize(new SentAnswer(ids[0]), ApiJson.Default.SentAnswer)));
    }

    /// <summary>The answer to an acceptance, the first one or a repetition of it.</summary>
    public static IResult Answer(Acceptance acceptance) => acceptance switch
    {
        Acceptance.Accepted(_, var answer) => Idempotency.Answer(answer),
        Acceptance.Replayed(var answer) => Idempotency.Answer(answer),
        Acceptance.Refused(_, var sentence) => ApiError.Invalid(sentence),
        Acceptance.KeyReused => Idempotency.Reused,
        _ => throw new System.Diagnostics.UnreachableException($"No answer for {acceptance.GetType().Name}."),
    };
}

/// <summary>The id of a message that was taken in.</summary>
internal sealed record SentAnswer(Engine.Messages.MessageId Id);
