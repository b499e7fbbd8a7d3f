using System.Text.Json;
using Waybill.Books.Reading;
using Waybill.Engine.Catalogue;
using Waybill.Mime.Addresses;
using Waybill.Templates;

namespace Waybill.Server.Api.Templates;

/// <summary>
/// A template as it is posted: whole to make one, in part to change one. Beside Resend's fields there are <c>markdown</c> in place of
/// <c>html</c>, <c>preheader</c>, <c>locale</c> and <c>locales</c> for further languages. Limits: 256 KiB of body, 50 variables, 50
/// locales.
/// </summary>
internal sealed class PostedTemplate
{
    const int LongestName = 100;
    const int LongestSubject = 2_000;
    const int LongestBody = 256 << 10;
    const int MostLocales = 50;

    readonly Fields fields;
    readonly string? subject;
    readonly string? body;
    readonly TemplateFormat? format;
    readonly string? text;
    readonly string? preheader;
    readonly string? locale;
    readonly string? from;
    readonly IReadOnlyList<string>? replyTo;
    readonly IReadOnlyList<TemplateVariable>? variables;
    readonly List<TemplateText>? others;

    PostedTemplate(JsonElement json)
    {
        fields = Fields.Exact(json);
        Name = fields.Name("name", LongestName);
        Alias = fields.Text("alias", LongestName);
        if (Alias is not null && !TemplateStore.CanBeCalled(Alias))
            fields.Wrong("alias", "template.alias");
        subject = fields.Line("subject", LongestSubject);
        (format, body) = ReadBody(fields);
        text = fields.Text("text", LongestBody);
        preheader = fields.Text("preheader", LongestSubject);
        locale = ReadLocale(fields);
        from = ReadMailbox("from");
        replyTo = ReadReplyTo();
        variables = PostedVariables.Read(fields);
        others = ReadOthers();
    }

    public string? Name { get; }

    public string? Alias { get; }

    /// <summary>Reads it, or says the first thing that is wrong.</summary>
    /// <param name="json">The body.</param>
    /// <param name="isWhole">Whether a template is made from it: then it needs a name and a body.</param>
    public static (PostedTemplate? Template, ApiError? Error) Read(JsonElement json, bool isWhole)
    {
        if (json.ValueKind != JsonValueKind.Object) return (null, ApiError.Invalid("The body must be a JSON object."));
        var posted = new PostedTemplate(json);
        if (isWhole) posted.RequireAll();
        return posted.fields.Error() is { } error ? (null, error) : (posted, null);
    }

    /// <summary>All that is wrong with a part of a template, for a form that says it beside each field.</summary>
    public static IReadOnlyList<FieldFault> Faults(JsonElement json) => new PostedTemplate(json).fields.Faults;

    /// <summary>The content of a new template.</summary>
    public TemplateContent Whole() => new()
    {
        Format = format!.Value,
        Texts = [new(locale ?? "en", subject ?? "", body!) { Text = text, Preheader = preheader }, .. others ?? []],
        Variables = variables ?? [],
        From = from,
        ReplyTo = replyTo ?? [],
    };

    /// <summary>Why it cannot be laid over a template: bodies written in two ways, or a locale twice.</summary>
    public string? Objection(Template present)
    {
        if (format is not null && format != present.Content.Format && (others?.Count ?? present.Content.Texts.Count - 1) > 0)
            return "All locales of a template are written alike: all `html` or all `markdown`.";
        var main = locale ?? present.Content.Texts[0].Locale;
        return others?.Find(one => IsSame(one.Locale, main)) is null ? null : $"The locale `{main}` stands twice.";
    }

    /// <summary>
    /// What a template becomes by it; what was not posted stays, what was posted as null is cleared, and a new locale is added.
    /// </summary>
    public Template Over(Template present)
    {
        var content = present.Content;
        IReadOnlyList<TemplateText> texts = others is null ? content.Texts : [content.Texts[0], .. others];
        var main = locale ?? content.Texts[0].Locale;
        var known = texts.FirstOrDefault(one => IsSame(one.Locale, main));
        var changed = Over(known ?? new TemplateText(main, content.Texts[0].Subject, content.Texts[0].Body));
        return present with
        {
            Name = Name ?? present.Name,
            Alias = Alias ?? (fields.IsCleared("alias") ? null : present.Alias),
            Content = content with
            {
                Format = format ?? content.Format,
                Texts = known is null ? [.. texts, changed] : [.. texts.Select(one => one == known ? changed : one)],
                Variables = variables ?? (fields.IsCleared("variables") ? [] : content.Variables),
                From = from ?? (fields.IsCleared("from") ? null : content.From),
                ReplyTo = replyTo ?? (fields.IsCleared("reply_to") ? [] : content.ReplyTo),
            },
        };
    }

    TemplateText Over(TemplateText present) => present with
    {
        Subject = subject ?? present.Subject,
        Body = body ?? present.Body,
        Text = text ?? (fields.IsCleared("text") ? null : present.Text),
        Preheader = preheader ?? (fields.IsCleared("preheader") ? null : present.Preheader),
    };

    static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    void RequireAll()
    {
        if (!fields.HasValue("name")) fields.Wrong("name", "missing");
        if (others?.Exists(one => IsSame(one.Locale, locale ?? "en")) == true)
            fields.Wrong("locale", "template.locale-twice", locale ?? "en");
        if (body is null && fields.Fault is null) fields.Wrong("html", "missing.either", new FieldName("markdown"));
    }

    static (TemplateFormat? Format, string? Body) ReadBody(Fields fields)
    {
        var (html, markdown) = (fields.Text("html", LongestBody), fields.Text("markdown", LongestBody));
        if (html is not null && markdown is not null) fields.Wrong("html", "template.either", new FieldName("markdown"));
        return html is not null ? (TemplateFormat.Html, html) : markdown is not null ? (TemplateFormat.Markdown, markdown) : (null, null);
    }

    static string? ReadLocale(Fields fields)
    {
        var tag = fields.Text("locale", 35);
        if (tag is not null && !LocaleChoice.IsLocale(tag)) fields.Wrong("locale", "locale.odd", tag);
        return tag;
    }

    string? ReadMailbox(string name)
    {
        if (fields.Text(name, 1_000) is not { } mailbox) return null;
        if (!Mailbox.TryParse(mailbox, out _, out var problem)) fields.Wrong(name, "field.odd", problem);
        return mailbox;
    }

    IReadOnlyList<string>? ReadReplyTo()
    {
        if (!fields.HasValue("reply_to")) return null;
        var all = fields.Texts("reply_to", 50, 1_000);
        foreach (var mailbox in all)
            if (!Mailbox.TryParse(mailbox, out _, out var problem)) fields.Wrong("reply_to", "field.odd", problem);
        return all;
    }

    List<TemplateText>? ReadOthers()
    {
        if (!fields.HasValue("locales")) return null;
        var read = fields.Objects("locales", MostLocales).Select(ReadText).OfType<TemplateText>().ToList();
        if (read.Select(one => one.Locale).GroupBy(one => one, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1) is { } twice)
            fields.Wrong("locales", "template.locale-twice", twice.Key);
        return read;
    }

    TemplateText? ReadText(JsonElement json, int at)
    {
        var one = fields.Within(json, "locales", at);
        var (tag, title, (kind, written)) = (ReadLocale(one), one.Line("subject", LongestSubject), ReadBody(one));
        if (tag is null) one.Wrong("locales", "template.locale-missing", new FieldName("locale"));
        if (written is null) one.Wrong("locales", "template.body-missing", new FieldName("html"), new FieldName("markdown"));
        if (kind != format && format is not null) one.Wrong("html", "template.bodies-differ", new FieldName("markdown"));
        var result = new TemplateText(
            tag ?? "", title ?? "",
            written ?? "")
        { Text = one.Text("text", LongestBody), Preheader = one.Text("preheader", LongestSubject) };
        return one.Fault is null ? result : null;
    }
}
