using Waybill.Engine.Catalogue;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages;
using Waybill.Screens.Pages.Templates;
using Waybill.Server.Admin.Access;
using Waybill.Server.Api;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Templates;

/// <summary>The list of templates, and the form that makes one.</summary>
internal sealed class TemplateList(TemplateStore templates, TemplateShelf shelf)
{
    const int PageSize = 100;

    /// <summary>The list, newest first.</summary>
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var (page, error) = Paging.Read(context.Request.Query);
        if (page is null) return Page<NotFoundPage>(context, new { Sentence = error!.Message }, 422);
        var (rows, hasMore) =
            await templates.ListAsync(context.Visitor().Tenant!.Id, PageSize, Id(page.After), Id(page.Before), context.RequestAborted);
        var (hasNewer, hasOlder) = Cursors.Around(page, hasMore);
        return Page<TemplatesPage>(context, new
        {
            Lines = await shelf.WithUsesAsync(context, rows),
            HasNewer = hasNewer && rows.Count > 0,
            HasOlder = hasOlder && rows.Count > 0,
        });
    }

    /// <summary>The form of a new one.</summary>
    public static IResult ShowNew(HttpContext context) =>
        Page<NewTemplatePage>(context, new { Typed = new TemplateForm { Locale = "en" } });

    /// <summary>Makes one, and leads to its editor.</summary>
    public async Task<IResult> MakeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var locale = form["locale"].ToString().Trim();
        var typed = TemplateForms.Read(form) with { Locale = locale };
        var beginning = typed.IsHtml ? "<p>…</p>\n" : "…\n";
        var (posted, faults) = TemplateFormReader.Read(context, typed with { Texts = [new(locale, typed.Name, "", beginning, "")] });
        if (!LocaleChoice.IsLocale(locale))
            faults = [.. faults.Where(fault => fault.Field.Length > 0), new Fault("locale", context.Say("templates.locale.none"))];
        if (posted is null || faults.Count > 0) return New(context, typed, faults);
        var made = await templates.CreateAsync(
            context.Visitor().Tenant!.Id, posted.Name!, posted.Alias, posted.Whole(), context.RequestAborted);
        if (made is TemplateChange.Reserved(var reserved))
            return New(context, typed, [new("alias", context.Say("templates.reserved", reserved))]);
        if (made is not TemplateChange.Done(var template)) return New(context, typed, [new("alias", context.Say("templates.alias.taken"))]);
        await context.NoteAsync(TemplateActs.Create, template.Name);
        return SeeOther(context, context.InTenant($"templates/{template.Id}"), new(Tone.Good, context.Say("templates.made.done")));
    }

    static IResult New(HttpContext context, TemplateForm typed, IReadOnlyList<Fault> faults) =>
        Page<NewTemplatePage>(context, new { Typed = typed, Faults = faults }, 422);

    static TemplateId? Id(Guid? id) => id is { } value ? new TemplateId(value) : null;
}
