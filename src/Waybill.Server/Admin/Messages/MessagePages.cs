using Waybill.Engine.Accounts;
using Waybill.Engine.Composing;
using Waybill.Engine.Interventions;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages;
using Waybill.Screens.Pages.Messages;
using Waybill.Server.Admin.Access;
using Waybill.Server.Http;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Messages;

/// <summary>One message: what is known, what happened, what it says, and what can be done to it.</summary>
internal static class MessagePages
{
    public static void MapMessages(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/messages/{id}", ShowAsync).For(Permit.Read);
        tenant.MapGet("/messages/{id}/now", NowAsync).For(Permit.Read);
        tenant.MapGet("/messages/{id}/preview", PreviewAsync).For(Permit.Content);
        tenant.MapGet("/messages/{id}/source.eml", SourceAsync).For(Permit.Content);
        tenant.MapGet("/messages/{id}/attachments/{attachment:guid}", AttachmentAsync).For(Permit.Content);
        foreach (var intervention in Enum.GetValues<Intervention>())
        {
            var path = "/messages/{id}/" + intervention.Word();
            tenant.MapPost(path, (string id, HttpContext context, MessageDesk desk) => DoAsync(intervention, id, context, desk))
                .For(Permit.Messages);
        }
    }

    static async Task<IResult> ShowAsync(string id, HttpContext context, MessageViews views, MessageSides sides)
    {
        if (await views.FindAsync(context.Visitor().Tenant!, id, context.RequestAborted) is not { } view) return Missing(context);
        var asked = context.Request.Query["side"].ToString();
        var side = MessagePage.Has(asked) ? asked : "preview";
        var shown = context.Visitor().May(Permit.Content)
            ? await sides.SideAsync(side, view, Frames.Of(context), context.Request.Query, context.RequestAborted)
            : _ => { };
        return Page<MessagePage>(context, new { View = view, Shown = side, Side = shown });
    }

    /// <summary>Where it stands, for the page that stands open.</summary>
    static async Task<IResult> NowAsync(string id, HttpContext context, MessageViews views)
    {
        if (await views.FindAsync(context.Visitor().Tenant!, id, context.RequestAborted) is not { } view) return Missing(context);
        if (!view.IsUnderWay) context.Response.Headers["X-Waybill-Over"] = "1";
        return Page<MessageNow>(context, new { View = view });
    }

    /// <summary>The mail itself, as a document of its own that may run nothing and fetch nothing.</summary>
    static async Task<IResult> PreviewAsync(string id, HttpContext context, MessageJournal journal, AttachmentContent content) =>
        await SnapshotAsync(id, context, journal) is var (_, snapshot)
            ? await Preview.AnswerAsync(context, snapshot, content)
            : Results.NotFound();

    /// <summary>The bytes as they were sent, secret values masked.</summary>
    static async Task<IResult> SourceAsync(string id, HttpContext context, MessageJournal journal, Composer composer)
    {
        if (await SnapshotAsync(id, context, journal) is not var (message, snapshot) || snapshot.Composition is null)
            return Missing(context);
        try
        {
            var composed = await composer.ReplayAsync(message.HeaderId, snapshot, context.RequestAborted);
            return Download(context, composed.Read, composed.Size, $"{message.Id}.eml");
        }
        catch (InvalidDataException altered)
        {
            return Page<NotFoundPage>(context, new { Title = message.Subject, Sentence = altered.Message }, 409);
        }
    }

    static async Task<IResult> AttachmentAsync(
        string id, Guid attachment, HttpContext context, MessageJournal journal, AttachmentContent content)
    {
        if (!MessageId.TryParse(id, null, out var message)
            || await journal.FindAttachmentAsync(
            context.Visitor().Tenant!.Id, message, attachment, context.RequestAborted) is not { } found) return Missing(context);
        return Download(context, token => content.ReadAsync(found, token), found.Size, found.FileName);
    }

    /// <summary>Always as a file of no type that a browser would open.</summary>
    static IResult Download(
        HttpContext context, Func<CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> read, long size, string name)
    {
        context.Response.GivesFile();
        context.Response.ContentLength = size;
        return Results.Stream(
            async output =>
            {
                await foreach (var part in read(context.RequestAborted)) await output.WriteAsync(part, context.RequestAborted);
            },
            "application/octet-stream",
            name);
    }

    static async Task<IResult> DoAsync(Intervention intervention, string id, HttpContext context, MessageDesk desk)
    {
        if (!MessageId.TryParse(id, null, out var message)) return Missing(context);
        var (frame, tenant) = (Frames.Of(context), context.Visitor().Tenant!);
        var outcome = await desk.DoAsync(intervention, tenant.Id, message, context.Actor(), context.RequestAborted);
        return outcome switch
        {
            InterventionOutcome.Done(var shown) =>
                SeeOther(context, Path(context, shown), new Notice(Tone.Good, frame.T($"done.{intervention.Word()}"))),
            InterventionOutcome.NotNow(var status) =>
                SeeOther(context, Path(context, message),
                new Notice(Tone.Bad, frame.T("done.not-now", frame.T($"status.{status.Word()}")))),
            InterventionOutcome.Refused(var sentence) => SeeOther(context, Path(context, message), new Notice(Tone.Bad, sentence)),
            InterventionOutcome.Missing => Missing(context),
            _ => throw new System.Diagnostics.UnreachableException($"No answer for {outcome.GetType().Name}."),
        };
    }

    static async Task<(MessageRecord Message, Snapshot Snapshot)?> SnapshotAsync(string id, HttpContext context, MessageJournal journal)
    {
        if (!MessageId.TryParse(id, null, out var message)) return null;
        var found = await journal.FindAsync(context.Visitor().Tenant!.Id, message, context.RequestAborted);
        var snapshot = await journal.FindSnapshotAsync(context.Visitor().Tenant!.Id, message, context.RequestAborted);
        return found is null || snapshot is null ? null : (found, snapshot);
    }

    static string Path(HttpContext context, MessageId message) => context.InTenant($"messages/{message}");

    static IResult Missing(HttpContext context) => Pages.Missing(context, "messages.missing.title", "messages.missing");
}
