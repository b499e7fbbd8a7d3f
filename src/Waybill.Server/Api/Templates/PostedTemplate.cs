using System.Text.Json;
using Waybill.Engine.Catalogue;
using Waybill.Mime.Addresses;
using Waybill.Server.Http;
using Waybill.Templates;

namespace Waybill.Server.Api.Templates;

/// <summary>
/// A template as it is posted: whole to make one, in part to change one. Beside Resend's fields there are <c>markdown</c> in place of
/// <c>html</c>, <c>preheader</c>, <c>locale</c> and <c>locales</c> for further languages. Limits: 256 KiB of body, 50 variables, 50 locales.
/// </summary>
internal sealed class PostedTemplate
{
    const int LongestName = 100;
    const int LongestSubject = 2_000;
    const int LongestBody = 256 << 10;
    const int MostLocales = 50;

    readonly FieldReader fields;
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
        fields = new FieldReader(json);
        Name = fields.Name("name", LongestName);
        Alias = fields.Text("alias", LongestName);
        if (Alias is not null && !TemplateStore.CanBeCalled(Alias))
            Refuse("The `alias` field must be 1 to 100 letters, digits, dots, dashes or underscores, and may not look like an id.");
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
        return posted.fields.Error is { } error ? (null, error) : (posted, null);
    }

    /// <summary>All that is wrong with a part of a template, for a form that says it beside each field.</summary>
    public static IReadOnlyList<ApiError> Faults(JsonElement json) => new PostedTemplate(json).fields.Errors;

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

    /// <summary>What a template becomes by it; what was not posted stays, what was posted as null is cleared, and a new locale is added.</summary>
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
        if (!fields.Has("name")) fields.Refuse(ApiError.Missing("name"));
        if (others?.Exists(one => IsSame(one.Locale, locale ?? "en")) == true) Refuse($"The locale `{locale ?? "en"}` stands twice.");
        if (body is null && fields.Error is null) fields.Refuse(new(422, "missing_required_field", "Missing `html` or `markdown` field."));
    }

    void Refuse(string sentence) => fields.Refuse(ApiError.Invalid(sentence));

    static (TemplateFormat? Format, string? Body) ReadBody(FieldReader fields)
    {
        var (html, markdown) = (fields.Text("html", LongestBody), fields.Text("markdown", LongestBody));
        if (html is not null && markdown is not null) fields.Refuse(ApiError.Invalid("Give either `html` or `markdown`, not both."));
        return html is not null ? (TemplateFormat.Html, html) : markdown is not null ? (TemplateFormat.Markdown, markdown) : (null, null);
    }

    static string? ReadLocale(FieldReader fields)
    {
        var tag = fields.Text("locale", 35);
        if (tag is not null && !LocaleChoice.IsLocale(tag)) fields.Refuse(ApiError.Invalid($"The `locale` field is `{tag}`; it must be a language tag such as `en` or `de-CH`."));
        return tag;
    }

    string? ReadMailbox(string name)
    {
        if (fields.Text(name, 1_000) is not { } mailbox) return null;
        if (!Mailbox.TryParse(mailbox, out _, out var problem)) Refuse($"Invalid `{name}` field. {problem}");
        return mailbox;
    }

    IReadOnlyList<string>? ReadReplyTo()
    {
        if (!fields.Has("reply_to")) return null;
        var all = fields.Texts("reply_to", 50, 1_000);
        foreach (var mailbox in all)
            if (!Mailbox.TryParse(mailbox, out _, out var problem)) Refuse($"Invalid `reply_to` field. {problem}");
        return all;
    }

    List<TemplateText>? ReadOthers()
    {
        if (!fields.Has("locales")) return null;
        var read = fields.Objects("locales", MostLocales).Select(ReadText).OfType<TemplateText>().ToList();
        if (read.Select(one => one.Locale).GroupBy(one => one, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            Refuse($"The locale `{twice.Key}` stands twice.");
        return read;
    }

    TemplateText? ReadText(JsonElement json)
    {
        var one = new FieldReader(json);
        var (tag, title, (kind, written)) = (ReadLocale(one), one.Line("subject", LongestSubject), ReadBody(one));
        if (tag is null) one.Refuse(ApiError.Invalid("Each entry of `locales` needs a `locale`."));
        if (written is null) one.Refuse(ApiError.Invalid("Each entry of `locales` needs the same kind of body as the template: `html` or `markdown`."));
        if (kind != format && format is not null) one.Refuse(ApiError.Invalid("All locales of a template are written alike: all `html` or all `markdown`."));
        var result = new TemplateText(tag ?? "", title ?? "", written ?? "") { Text = one.Text("text", LongestBody), Preheader = one.Text("preheader", LongestSubject) };
        if (one.Error is not { } error) return result;
        fields.Refuse(error);
        return null;
    }
}
