using Waybill.Engine.Clearing;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;

namespace Waybill.Server.Api.Emails;

/// <summary>Makes what was posted ready to be accepted: attachments are stored, and what names a template is written.</summary>
internal sealed class EmailIntake(AttachmentIntake attachments, MailWriter writer, SenderGate senders)
{
    /// <summary>The message, or the first thing that is wrong.</summary>
    public async Task<(NewMessage? Message, ApiError? Error)> TakeInAsync(
        Caller caller, PostedEmail email, CancellationToken cancellationToken)
    {
        var (message, error) = await MakeAsync(caller, email, cancellationToken);
        if (message is null) return (null, error);
        return await senders.ObjectionAsync(caller.Tenant, message, cancellationToken) is { } objection
            ? (null, new ApiError(403, "validation_error", objection))
            : (message, null);
    }

    async Task<(NewMessage? Message, ApiError? Error)> MakeAsync(Caller caller, PostedEmail email, CancellationToken cancellationToken)
    {
        var (stored, refused) = await attachments.TakeInAsync(caller.Tenant, email.Attachments, cancellationToken);
        if (refused is not null) return (null, refused);
        if (email.Mail is not { } mail) return (email.Message! with { Attachments = stored }, null);
        return await writer.WriteAsync(caller.Tenant, mail with { Attachments = stored }, cancellationToken) switch
        {
            Writing.Written(var message) => (message, null),
            Writing.Refused("template", var sentence) => (null, new ApiError(404, "not_found", sentence)),
            Writing.Refused(_, var sentence) => (null, ApiError.Invalid(sentence)),
            var other => throw new System.Diagnostics.UnreachableException($"No answer for {other.GetType().Name}."),
        };
    }
}
