using System.Text.Json;
using Waybill.Engine.Brands;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Composing;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Templates;
using Waybill.Screens.Parts;
using Waybill.Server.Admin.Access;
using Waybill.Templates;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Templates;

/// <summary>
/// The editor of one template. What is typed is shown, checked and tried by the engine that sends, before any of it is kept.
/// </summary>
internal sealed class TemplateEditor(
    TemplateStore templates, TemplateShelf shelf, Previewing previewing, BrandBook brands, MailFrame frame, DraftMails drafts,
    TestMails tests)
{
    /// <summary>The page.</summary>
    public async Task<IResult> ShowAsync(string id, HttpContext context)
    {
        if (await shelf.FindAsync(id, context) is not { } template) return TemplateShelf.Missing(context);
        if (template.Id.ToString() != id) return Results.Redirect(PathOf(context, template));
        return await PageAsync(context, template, Asked(context, TemplateForms.Of(template)), view => view);
    }

    /// <summary>The mail that is kept, for the frame.</summary>
    public async Task<IResult> ShowMailAsync(string id, HttpContext context)
    {
        if (await shelf.FindAsync(id, context) is not { } template) return Results.NotFound();
        return await MailAsync(context, template, Asked(context, TemplateForms.Of(template)));
    }

    /// <summary>The mail that the form would make, for the frame.</summary>
    public async Task<IResult> PreviewAsync(string id, HttpContext context)
    {
        if (await shelf.FindAsync(id, context) is not { } template) return Results.NotFound();
        var typed = await ReadAsync(context);
        return typed.Template(template) is { } draft ? await MailAsync(context, draft, typed.Form)
            : MailFrame.Answer(context, typed.Faults);
    }

    /// <summary>What the checks say of the form: beside it for a script, else on the whole page.</summary>
    public async Task<IResult> CheckAsync(string id, HttpContext context)
    {
        if (await shelf.FindAsync(id, context) is not { } template) return TemplateShelf.Missing(context);
        var typed = await ReadAsync(context);
        if (!Fragments.IsAsked(context)) return await PageAsync(
            context, template, typed.Form, view => view with { Faults = typed.Faults, IsUnsaved = true });
        return Page<FindingsList>(context, new { typed.Form, Findings = await FindAsync(context, typed.Template(template), typed) });
    }

    /// <summary>Adds and takes out languages and rows; nothing is kept.</summary>
    public async Task<IResult> ArrangeAsync(string id, HttpContext context)
    {
        if (await shelf.FindAsync(id, context) is not { } template) return TemplateShelf.Missing(context);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (arranged, fault) = Arrange(TemplateForms.Read(form), form["do"].ToString(), form["remove"].ToString());
        IReadOnlyList<Fault> faults = fault is null ? [] : [new("new-locale", context.Say(fault))];
        return await PageAsync(
            context, template, arranged, view => view with { Faults = faults, IsUnsaved = true }, faults.Count > 0 ? 422 : 200);
    }

    /// <summary>Keeps the form as the draft.</summary>
    public async Task<IResult> SaveAsync(string id, HttpContext context)
    {
        if (await shelf.FindAsync(id, context) is not { } template) return TemplateShelf.Missing(context);
        var (saved, answer) = await SaveAsync(context, template, await ReadAsync(context));
        return saved is null ? answer! : SeeOther(context, PathOf(context, saved), new(Tone.Good, context.Say("templates.saved")));
    }

    /// <summary>Keeps the form as the draft, and publishes it if nothing speaks against it.</summary>
    public async Task<IResult> PublishAsync(string id, HttpContext context)
    {
        if (await shelf.FindAsync(id, context) is not { } template) return TemplateShelf.Missing(context);
        var typed = await ReadAsync(context);
        var (saved, answer) = await SaveAsync(context, template, typed);
        if (saved is null) return answer!;
        if (await templates.PublishAsync(
            Tenant(context), saved.Id.ToString(), context.RequestAborted) is not TemplateChange.Done(var published))
        {
            var form = typed.Form with { Tag = saved.ContentTag };
            return await PageAsync(
                context, saved, form, view => view with { Notice = new(Tone.Bad, context.Say("templates.refused")) }, 422);
        }

        await context.NoteAsync(TemplateActs.Publish, $"{published.Name} v{published.Number}");
        return SeeOther(context, PathOf(context, published), new(Tone.Good, context.Say("templates.published.done", published.Number)));
    }

    /// <summary>Sends what the form would make to whoever asks.</summary>
    public async Task<IResult> SendTestAsync(string id, HttpContext context)
    {
        if (await shelf.FindAsync(id, context) is not { } template) return TemplateShelf.Missing(context);
        var typed = await ReadAsync(context);
        var outcome = typed.Template(template) is { } draft ? await SendAsync(context, draft, typed.Form)
            : new(IsGood: false, typed.Faults[0].Text, Dialogue: null, Message: null);
        if (Fragments.IsAsked(context)) return Page<TestLine>(context, new { Outcome = outcome });
        return await PageAsync(
            context, template, typed.Form, view => view with { Faults = typed.Faults, Test = outcome, IsUnsaved = true });
    }

    async Task<TestOutcome> SendAsync(HttpContext context, Template draft, TemplateForm form)
    {
        var person = context.Visitor().Person;
        var written = await drafts.WriteAsync(
            Tenant(context), draft, Wish(form), new Mailbox(person.Name, Address.Parse(person.Email)), context.RequestAborted);
        if (written is not Writing.Written(var message)) return new(
            IsGood: false, ((Writing.Refused)written).Sentence, Dialogue: null, Message: null);
        var outcome = await tests.SendAsync(context, Tenant(context), message);
        await context.NoteAsync(TemplateActs.Test, draft.Name);
        return outcome;
    }

    async Task<(Template? Saved, IResult? Answer)> SaveAsync(HttpContext context, Template template, TypedTemplate typed)
    {
        if (typed.Template(template) is not { } wanted) return (null, await FaultyAsync(context, template, typed.Form, typed.Faults));
        var change = await templates.EditAsync(
            Tenant(context), template.Id.ToString(), typed.Form.Tag, present =>
            present with { Name = wanted.Name, Alias = wanted.Alias, Content = wanted.Content }, context.RequestAborted);
        switch (change)
        {
            case TemplateChange.Done(var saved):
                await context.NoteAsync(TemplateActs.Edit, saved.Name);
                return (saved, null);
            case TemplateChange.Stale(var current):
                return (null, await ConflictAsync(context, current, typed.Form, wanted));
            case TemplateChange.AliasTaken:
                return (null, await FaultyAsync(context, template, typed.Form, [new("alias", context.Say("templates.alias.taken"))]));
            case TemplateChange.Reserved(var alias):
                return (null, await FaultyAsync(context, template, typed.Form, [new("alias", context.Say("templates.reserved", alias))]));
            default:
                return (null, TemplateShelf.Missing(context));
        }
    }

    Task<IResult> FaultyAsync(HttpContext context, Template template, TemplateForm form, IReadOnlyList<Fault> faults) =>
        PageAsync(context, template, form, view => view with { Faults = faults, IsUnsaved = true }, 422);

    /// <summary>
    /// The second of two: nothing of theirs is lost, nothing of the other's is overwritten, and saving again is a choice.
    /// </summary>
    Task<IResult> ConflictAsync(HttpContext context, Template current, TemplateForm form, Template wanted)
    {
        var difference = TemplateDifference.Of(current.Content, wanted.Content);
        if (difference.Length == 0) difference = context.Say("templates.conflict.same");
        return PageAsync(
            context, current, form with { Tag = current.ContentTag }, view => view with { Conflict = difference, IsUnsaved = true }, 409);
    }

    async Task<IResult> PageAsync(
        HttpContext context, Template template, TemplateForm form, Func<TemplateView, TemplateView> with, int status = 200)
    {
        var typed = TypedTemplate.Of(context, form);
        var versions = await templates.VersionsAsync(Tenant(context), template.Id, context.RequestAborted);
        var view = new TemplateView
        {
            Template = template,
            PublishedNumber = versions.Find(version => !version.IsDraft)?.Number,
            Form = form,
            Findings = await FindAsync(context, typed.Template(template), typed),
            Brands = await BrandsAsync(context),
            Use = await shelf.WithUseAsync(context, template),
        };
        return Page<TemplatePage>(context, new { View = with(view) }, status);
    }

    async Task<TemplateFindings> FindAsync(HttpContext context, Template? draft, TypedTemplate typed)
    {
        if (draft is null) return new(
            new Engine.Composing.Preview.Refused(string.Join(' ', typed.Faults.Select(fault => fault.Text).Distinct()), []), "");
        var data = Data(typed.Form) ?? SampleData.Of(draft.Content.Variables);
        return new(await previewing.PreviewAsync(Tenant(context), draft, Wish(typed.Form), context.RequestAborted),
            ReadableJson.Lines(data));
    }

    async Task<IResult> MailAsync(HttpContext context, Template template, TemplateForm form)
    {
        var brand = await frame.BrandAsync(context, Tenant(context), form.Brand is { Length: > 0 } named ? named : null);
        return await frame.AnswerAsync(
            context, await previewing.PreviewAsync(Tenant(context), template, brand, Wish(form), context.RequestAborted), brand,
            form.Scheme == "dark");
    }

    async Task<IReadOnlyList<Choice>> BrandsAsync(HttpContext context) =>
    [
        new("", context.Say("templates.brand.default")),
        .. (await brands.ListAsync(Tenant(context), context.RequestAborted)).Select(brand => new Choice(brand.Alias, brand.Identity.Name)),
    ];

    static async Task<TypedTemplate> ReadAsync(HttpContext context) =>
        TypedTemplate.Of(context, TemplateForms.Read(await context.Request.ReadFormAsync(context.RequestAborted)));

    static (TemplateForm Form, string? Fault) Arrange(TemplateForm form, string wanted, string removed)
    {
        if (removed.Length > 0 && form.Texts.Count > 1)
        {
            IReadOnlyList<LocaleForm> left = [.. form.Texts.Where(text => text.Locale != removed)];
            return (form with { Texts = left, Locale = left[0].Locale }, null);
        }

        if (wanted != "add") return (
            form with { Variables = [.. TemplateForms.WithSpare(form.Variables), VariableForm.Blank, VariableForm.Blank] }, null);
        if (!LocaleChoice.IsLocale(form.NewLocale)) return (form, "templates.locale.none");
        if (form.Texts.Any(text => text.Locale.Equals(form.NewLocale, StringComparison.OrdinalIgnoreCase))) return (
            form, "templates.locale.twice");
        var first = form.Texts.Count > 0 ? form.Texts[0] : new("", "", "", "", "");
        return (form with { Texts = [.. form.Texts, first with { Locale = form.NewLocale }], Locale = form.NewLocale, NewLocale = "" },
            null);
    }

    static PreviewWish Wish(TemplateForm form) => new()
    {
        Locale = form.Locale is { Length: > 0 } locale ? locale : null,
        Brand = form.Brand is { Length: > 0 } brand ? brand : null,
        Data = Data(form),
    };

    /// <summary>What was typed as sample data; what is none was refused before.</summary>
    static JsonElement? Data(TemplateForm form) => string.IsNullOrWhiteSpace(form.Data) ? null : JsonElement.Parse(form.Data);

    static TemplateForm Asked(HttpContext context, TemplateForm form)
    {
        var query = context.Request.Query;
        var locale = form.Texts.FirstOrDefault(text => text.Locale == query["locale"])?.Locale ?? form.Locale;
        return form with { Locale = locale, Brand = query["brand"].ToString(), Scheme = query["scheme"] == "dark" ? "dark" : "light" };
    }

    static TenantId Tenant(HttpContext context) => context.Visitor().Tenant!.Id;

    static string PathOf(HttpContext context, Template template) => context.InTenant($"templates/{template.Id}");
}
