using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Waybill.Books;
using Waybill.RacketBook.Faults;
using Waybill.RacketBook.Logos;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Api;

/// <summary><c>/racketbook/v1/stringers</c> for admins, <c>/racketbook/v1/stringer</c> for the one whose book it is.</summary>
static class StringersApi
{
    internal static async Task<IResult> InviteAsync(HttpContext context, StringerAccess access, StringerDesk desk, BookHost host)
    {
        var (fields, problem) = await BookBody.ReadAsync(context);
        if (problem is not null) return problem;
        var stringer = StringerReader.ReadNew(fields);
        if (fields.Judged().Count > 0) return Answers.Refuse(fields.Judged());
        return Answer(context, await desk.InviteAsync(access.Visitor.Who, stringer, host.InviteUrl, context.RequestAborted), 201);
    }

    internal static async Task<IResult> ListAsync(HttpContext context, StringerDesk desk)
    {
        var all = await desk.ListAsync(context.RequestAborted);
        return Results.Json(new ListAnswer<StringerAnswer>([.. all.Select(one => new StringerAnswer(one))], HasMore: false), BookJson.Readable.ListAnswerStringerAnswer);
    }

    internal static async Task<IResult> RuleAsync(Guid id, HttpContext context, StringerAccess access, StringerDesk desk)
    {
        var (fields, problem) = await BookBody.ReadAsync(context);
        if (problem is not null) return problem;
        var (role, status) = (fields.Choice("role", "stringer", "admin"), fields.Choice("status", "active", "disabled"));
        if (fields.Judged().Count > 0) return Answers.Refuse(fields.Judged());
        bool? isAdmin = role is null ? null : role == "admin", isClosed = status is null ? null : status == "disabled";
        return Answer(context, await desk.RuleAsync(access.Visitor.Who, new(id), isAdmin, isClosed, context.RequestAborted));
    }

    internal static async Task<IResult> GetOwnAsync(HttpContext context, StringerScope scope, StringerDesk desk) =>
        await desk.FindAsync(scope.Stringer, context.RequestAborted) is { } own ? Answer(context, new Saving<Stringer>.Done(own)) : BookProblem.NotFound("Stringer");

    internal static async Task<IResult> ChangeOwnAsync(HttpContext context, StringerScope scope, StringerDesk desk)
    {
        var (fields, problem) = await BookBody.ReadAsync(context);
        if (problem is not null) return problem;
        var change = StringerReader.ReadChange(fields);
        if (fields.Has("display_name") && fields.Line("display_name", Stringer.LongestName) is null && fields.Faults.Count == 0) fields.Wrong("display_name", "text.needed");
        if (fields.Judged().Count > 0) return Answers.Refuse(fields.Judged());
        return Answer(context, await desk.ChangeAsync(scope, Answers.Expected(context), change, context.RequestAborted));
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

        if (LogoCheck.Fault(bytes.ToArray()) is { } fault) return Answers.Refuse([fault]);
        return Answer(context, await desk.ChangeAsync(scope, Answers.Expected(context), one => one, new LogoChange.Put(bytes.ToArray()), context.RequestAborted));
    }

    internal static async Task<IResult> RemoveLogoAsync(HttpContext context, StringerScope scope, StringerDesk desk) =>
        Answer(context, await desk.ChangeAsync(scope, Answers.Expected(context), one => one, LogoChange.Drop, context.RequestAborted));

    static IResult Answer(HttpContext context, Saving<Stringer> saving, int status = 200) =>
        Answers.Of(context, saving, "Stringer", one => (Results.Json(new StringerAnswer(one), BookJson.Readable.StringerAnswer, statusCode: status), one.Version));
}
