using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Engine.Accepting;
using Waybill.Engine.Journal;
using Waybill.Server.Api.Rates;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Emails;

/// <summary>
/// <c>POST /emails/batch</c>: takes up to 100 emails in, all in one transaction. Attachments and schedules are allowed, which Resend
/// refuses. With <c>x-batch-validation: permissive</c> the good ones are taken and the others named.
/// </summary>
internal static class SendBatch
{
    const int Most = 100;

    public static async Task<IResult> HandleAsync(
        HttpContext context, Caller caller, Acceptor acceptor, EmailIntake intake, RateLimits rates, TimeProvider clock)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        var (key, badKey) = Idempotency.Read(context.Request, body);
        if (badKey is not null) return badKey;
        if (body.Root.ValueKind != JsonValueKind.Array) return ApiError.Invalid("A batch must be a JSON array of emails.");
        if (body.Root.GetArrayLength() is 0 or > Most) return ApiError.Invalid($"A batch must have between 1 and {Most} emails.");
        if (key is not null && await acceptor.FindAsync(caller.Tenant, caller.Key.Id, key, context.RequestAborted) is { } known)
            return SendEmail.Answer(known);
        // the request itself was the first
        if (rates.Objection(context, caller, body.Root.GetArrayLength() - 1) is { } tooMany) return tooMany;

        var isPermissive = string.Equals(context.Request.Headers["x-batch-validation"], "permissive", StringComparison.OrdinalIgnoreCase);
        var (messages, errors) = await ReadAsync(body.Root, caller, intake, isPermissive, clock.GetUtcNow(), context.RequestAborted);
        if (errors.Count > 0 && (!isPermissive || messages.Count == 0))
            return errors[0].Error with { Message = $"emails[{errors[0].Index}]: {errors[0].Error.Message}" };

        return SendEmail.Answer(await acceptor.AcceptAsync(caller.Tenant, caller.Key.Id, messages, key, ids => JsonSerializer.Serialize(
            new BatchAnswer(
                [.. ids.Select(id => new SentAnswer(id))],
                isPermissive ? [.. errors.Select(refused => new BatchError(refused.Index, refused.Error.Message))] : null),
            ApiJson.Default.BatchAnswer)));
    }

    static async Task<(List<NewMessage> Messages, List<(int Index, ApiError Error)> Errors)> ReadAsync(
        JsonElement batch, Caller caller, EmailIntake intake, bool isPermissive, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var posted = batch.EnumerateArray().Select(item => PostedEmail.Read(item, now)).ToList();
        var errors = posted.Select((read, index) => (index, read.Error)).Where(one => one.Error is not null)
            .Select(one => (one.index, one.Error!)).ToList();
        var messages = new List<NewMessage>();
        if (errors.Count > 0 && !isPermissive) return (messages, errors);
        foreach (var (index, read) in posted.Index())
        {
            if (read.Email is not { } email) continue;
            var (message, refused) = await intake.TakeInAsync(caller, email, cancellationToken);
            if (message is not null) messages.Add(message);
            else errors.Add((index, refused!));
        }

        return (messages, errors);
    }
}

/// <summary>The ids in the order of the emails; errors only when the caller asked for permissive validation.</summary>
internal sealed record BatchAnswer(
    IReadOnlyList<SentAnswer> Data, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyList<BatchError>? Errors);

/// <summary>What is wrong with one email of a batch.</summary>
internal sealed record BatchError(int Index, string Message);
