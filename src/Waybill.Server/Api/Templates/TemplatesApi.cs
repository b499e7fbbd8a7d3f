using System.Text.Json;
using Waybill.Books.Reading;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Composing;
using Waybill.Server.Http;
using Waybill.Templates;

namespace Waybill.Server.Api.Templates;

/// <summary><c>/templates</c>: Resend's routes for them, and beside them preview and history.</summary>
internal static class TemplatesApi
{
    public static async Task<IResult> CreateAsync(HttpContext context, Caller caller, TemplateStore templates)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        var (posted, wrong) = PostedTemplate.Read(body.Root, isWhole: true);
        if (posted is null) return wrong!;
        return Answer(await templates.CreateAsync(caller.Tenant, posted.Name!, posted.Alias, posted.Whole(), context.RequestAborted), 201);
    }

    public static async Task<IResult> ListAsync(HttpContext context, Caller caller, TemplateStore templates)
    {
        var (page, error) = Paging.Read(context.Request.Query);
        if (page is null) return error!;
        var (rows, hasMore) = await templates.ListAsync(caller.Tenant, page.Limit, Id(page.After), Id(page.Before), context.RequestAborted);
        return Results.Json(
            new TemplateListAnswer(hasMore, [.. rows.Select(row => new TemplateListItem(row))]), ApiJson.Default.TemplateListAnswer);
    }

    public static async Task<IResult> GetAsync(
        string id, HttpContext context, Caller caller, TemplateStore templates, Previewing previewing)
    {
        if (await templates.FindAsync(caller.Tenant, id, context.RequestAborted) is not { } template) return ApiError.NotFound("Template");
        context.Response.Headers.ETag = $"\"{template.ContentTag}\"";
        var html = template.Content.Format == TemplateFormat.Html
            ? template.Content.Texts[0].Body
            : (await previewing.PreviewAsync(caller.Tenant, template, new(), context.RequestAborted) as Preview.Shown)?.Parts.Html ?? "";
        return Results.Json(new TemplateAnswer(template, html), ApiJson.Default.TemplateAnswer);
    }

    /// <summary>With <c>If-Match</c> (the <c>ETag</c> of GET) an edit that somebody else made meanwhile is told, not overwritten.</summary>
    public static async Task<IResult> UpdateAsync(string id, HttpContext context, Caller caller, TemplateStore templates)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        var (posted, wrong) = PostedTemplate.Read(body.Root, isWhole: false);
        if (posted is null) return wrong!;
        if (await templates.FindAsync(caller.Tenant, id, context.RequestAborted) is { } present
            && posted.Objection(present) is { } objection)
            return ApiError.Invalid(objection);
        var tag = context.Request.Headers.IfMatch.ToString() is { Length: > 0 } header and not "*" ? header.Trim('"') : null;
        return Answer(await templates.EditAsync(caller.Tenant, id, tag, posted.Over, context.RequestAborted));
    }

    public static async Task<IResult> PublishAsync(string id, HttpContext context, Caller caller, TemplateStore templates) =>
        Answer(await templates.PublishAsync(caller.Tenant, id, context.RequestAborted));

    public static async Task<IResult> DuplicateAsync(string id, HttpContext context, Caller caller, TemplateStore templates) =>
        Answer(await templates.DuplicateAsync(caller.Tenant, id, context.RequestAborted), 201);

    public static async Task<IResult> RemoveAsync(string id, HttpContext context, Caller caller, TemplateStore templates) =>
        await templates.RemoveAsync(caller.Tenant, id, context.RequestAborted) switch
        {
            TemplateChange.Done(var template) =>
                Results.Json(new RemovedTemplateAnswer(template.Id.ToString()), ApiJson.Default.RemovedTemplateAnswer),
            var other => Answer(other),
        };

    public static async Task<IResult> VersionsAsync(string id, HttpContext context, Caller caller, TemplateStore templates)
    {
        if (await templates.FindAsync(caller.Tenant, id, context.RequestAborted) is not { } template) return ApiError.NotFound("Template");
        var versions = await templates.VersionsAsync(caller.Tenant, template.Id, context.RequestAborted);
        return Results.Json(
            new TemplateVersionsAnswer([.. versions.Select(one => new TemplateVersionAnswer(
                one.Id.ToString("D"), one.Number, one.IsDraft ? "draft" : "published", one.CreatedAt.OnTheWire(),
                one.PublishedAt?.OnTheWire()))]),
            ApiJson.Default.TemplateVersionsAnswer);
    }

    /// <summary>Fills the draft, or what is published, with values or samples, by the engine that sends.</summary>
    public static async Task<IResult> PreviewAsync(
        string id, HttpContext context, Caller caller, TemplateStore templates, Previewing previewing)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        if (body.Root.ValueKind != JsonValueKind.Object)
            return ApiError.Invalid("The body must be a JSON object; {} previews with the samples.");
        var fields = Fields.Exact(body.Root);
        var wish = new PreviewWish
        {
            Locale = fields.Line("locale", 35),
            Brand = fields.Line("brand", 64),
            Data = fields.Find("variables")
        };
        if (fields.Error() is { } refused) return refused;
        if (await templates.FindAsync(caller.Tenant, id, context.RequestAborted) is not { } template) return ApiError.NotFound("Template");
        return await previewing.PreviewAsync(caller.Tenant, template, wish, context.RequestAborted) switch
        {
            Preview.Shown(var locale, var parts, var problems) => Results.Json(
                new TemplatePreviewAnswer(
                    locale, parts.Subject, parts.Html!, parts.Text!, [.. problems.Select(one => new ProblemAnswer(one))]),
                ApiJson.Default.TemplatePreviewAnswer),
            Preview.Refused(var sentence, var problems) =>
                ApiError.Invalid(sentence) with { Problems = [.. problems.Select(one => new ProblemAnswer(one))] },
            var other => throw new System.Diagnostics.UnreachableException($"No answer for {other.GetType().Name}."),
        };
    }

    static IResult Answer(TemplateChange change, int statusCode = 200) => change switch
    {
        TemplateChange.Done(var template) =>
            Results.Json(new TemplateReference(template.Id.ToString()), ApiJson.Default.TemplateReference, statusCode: statusCode),
        TemplateChange.Missing => ApiError.NotFound("Template"),
        TemplateChange.AliasTaken => new ApiError(409, "validation_error", "Another template has this `alias`."),
        TemplateChange.IsShipped =>
            ApiError.Invalid("This template came with Waybill and cannot be removed; edit it, and it becomes your own."),
        TemplateChange.Reserved(var alias) => new ApiError(403, "validation_error", AccountTemplates.Sentence(alias)),
        TemplateChange.Stale =>
            new ApiError(
                412, "validation_error",
                "Somebody else changed this template since you read it; nothing was overwritten. Read it again, and send its ETag as "
                    + "If-Match."),
        TemplateChange.Refused(var problems) =>
            ApiError.Invalid(Sentence(problems)) with { Problems = [.. problems.Select(one => new ProblemAnswer(one))] },
        _ => throw new System.Diagnostics.UnreachableException($"No answer for {change.GetType().Name}."),
    };

    static string Sentence(IReadOnlyList<TemplateProblem> problems)
    {
        var fatal = problems.Where(one => one.IsFatal).ToList();
        var first = fatal[0];
        var more = fatal.Count > 1 ? $" ({fatal.Count - 1} more in `problems`)" : "";
        return $"The template cannot be published. {first.Locale} line {first.Line}, column {first.Column}: {first.Message}{more}";
    }

    static TemplateId? Id(Guid? id) => id is { } value ? new TemplateId(value) : null;
}
