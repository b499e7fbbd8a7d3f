using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Waybill.Books;
using Waybill.RacketBook.Logos;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;
using static Waybill.Books.Answering.ApiAnswers;

namespace Waybill.RacketBook.Api;

/// <summary><c>/racketbook/v1/stringers</c> for admins, <c>/racketbook/v1/stringer</c> for the one whose book it is.</summary>
static class StringersApi
{
    internal static Task<IResult> InviteAsync(
        HttpContext context, StringerAccess access, StringerDesk desk, BookHost host) => Answers.Api.ReadAsync(
        context, StringerReader.ReadNew,
        async stringer => Answer(
            context, await desk.InviteAsync(access.Visitor.Who, stringer, host.InviteUrl, context.RequestAborted), 201));

    internal static async Task<IResult> ListAsync(HttpContext context, StringerDesk desk) =>
        Answers.Api.List((await desk.ListAsync(context.RequestAborted)).Select(one => new StringerAnswer(one)));

    internal static Task<IResult> RuleAsync(
        Guid id, HttpContext context, StringerAccess access, StringerDesk desk) => Answers.Api.ReadAsync(
        context, fields => (Role: fields.Choice("role", "stringer", "admin"), Status: fields.Choice("status", "active", "disabled")),
        async asked =>
        {
            bool? isAdmin = asked.Role is null ? null : asked.Role == "admin",
            isClosed = asked.Status is null ? null : asked.Status == "disabled";
            return Answer(context, await desk.RuleAsync(access.Visitor.Who, new(id), isAdmin, isClosed, context.RequestAborted));
        });

    internal static async Task<IResult> GetOwnAsync(HttpContext context, StringerScope scope, StringerDesk desk) =>
        await desk.FindAsync(scope.Stringer, context.RequestAborted) is { } own
            ? Answers.Api.Json(context, new StringerAnswer(own), own.Version)
            : BookProblem.NotFound("Stringer");

    internal static Task<IResult> ChangeOwnAsync(HttpContext context, StringerScope scope, StringerDesk desk) => Answers.Api.ReadAsync(
        context, ReadOwn,
        async change => Answer(context, await desk.ChangeAsync(scope, Expected(context), change, context.RequestAborted)));

    static Func<Stringer, Stringer> ReadOwn(Fields fields)
    {
        var change = StringerReader.ReadChange(fields);
        if (fields.IsCleared("display_name") && fields.Faults.Count == 0) fields.Wrong("display_name", "text.needed");
        return change;
    }

    /// <summary>The body is the image.</summary>
    internal static async Task<IResult> PutLogoAsync(HttpContext context, StringerScope scope, StringerDesk desk)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = 8L << 20;
        using var bytes = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        }
        catch (BadHttpRequestException large)
        {
            return new BookProblem(large.StatusCode, "validation_error", "The logo is much too large.");
        }

        if (LogoCheck.Fault(bytes.ToArray()) is { } fault) return Answers.Api.Refuse([fault]);
        return Answer(
            context,
            await desk.ChangeAsync(scope, Expected(context), one => one, new LogoChange.Put(bytes.ToArray()), context.RequestAborted));
    }

    internal static async Task<IResult> RemoveLogoAsync(HttpContext context, StringerScope scope, StringerDesk desk) =>
        Answer(context, await desk.ChangeAsync(scope, Expected(context), one => one, LogoChange.Drop, context.RequestAborted));

    static IResult Answer(HttpContext context, Saving<Stringer> saving, int status = 200) =>
        Answers.Api.Of(context, saving, "Stringer", one => one.Version, one => Answers.Api.Json(new StringerAnswer(one), status));
}
