using System.Text.Json;
using Waybill.Engine.Accepting;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Emails;

/// <summary><c>POST /emails</c>: takes one email in. Answered when it is on disk; delivery follows.</summary>
internal static class SendEmail
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, Caller caller, Acceptor acceptor, EmailIntake intake, TimeProvider clock)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        var (key, badKey) = Idempotency.Read(context.Request, body);
        if (badKey is not null) return badKey;
        var (email, wrong) = PostedEmail.Read(body.Root, clock.GetUtcNow());
        if (email is null) return wrong!;

        if (email.NeedsWork && key is not null
            && await acceptor.FindAsync(caller.Tenant, caller.Key.Id, key, context.RequestAborted) is { } known) return Answer(known);
        var (message, refused) = await intake.TakeInAsync(caller, email, context.RequestAborted);
        if (message is null) return await RepeatedAsync(acceptor, caller, key, context) ?? refused!;

        return Answer(await acceptor.AcceptAsync(
            caller.Tenant, caller.Key.Id, [message], key,
            ids => JsonSerializer.Serialize(new SentAnswer(ids[0]), ApiJson.Default.SentAnswer)));
    }

    /// <summary>What was refused now may have been taken when it came first: then its answer stays what it was.</summary>
    static async Task<IResult?> RepeatedAsync(Acceptor acceptor, Caller caller, IdempotencyKey? key, HttpContext context) =>
        key is not null && await acceptor.FindAsync(caller.Tenant, caller.Key.Id, key, context.RequestAborted) is { } known
            ? Answer(known)
            : null;

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
