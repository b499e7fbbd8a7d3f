namespace Waybill.Screens.Pages.Templates;

/// <summary>A template as it stands in its form: every value as it was typed, whether it can be kept or not.</summary>
public sealed record TemplateForm
{
    /// <summary>How people call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>How applications name it.</summary>
    public string Alias { get; init; } = "";

    /// <summary><c>markdown</c> or <c>html</c>.</summary>
    public string Format { get; init; } = "markdown";

    /// <summary>The tag of the content that the form was made from.</summary>
    public string Tag { get; init; } = "";

    /// <summary>A sender of its own.</summary>
    public string From { get; init; } = "";

    /// <summary>Where answers go, with commas between them.</summary>
    public string ReplyTo { get; init; } = "";

    /// <summary>The locales, the one it was written in first.</summary>
    public IReadOnlyList<LocaleForm> Texts { get; init; } = [];

    /// <summary>The variables; one without a key is none.</summary>
    public IReadOnlyList<VariableForm> Variables { get; init; } = [];

    /// <summary>The locale that is looked at.</summary>
    public string Locale { get; init; } = "";

    /// <summary>The brand that is previewed, by alias; empty: the default one.</summary>
    public string Brand { get; init; } = "";

    /// <summary>Sample data as JSON; empty: the samples of the variables.</summary>
    public string Data { get; init; } = "";

    /// <summary><c>light</c> or <c>dark</c>: how the preview is shown.</summary>
    public string Scheme { get; init; } = "light";

    /// <summary>The locale that is to be added.</summary>
    public string NewLocale { get; init; } = "";

    /// <summary>Whether it is written in HTML.</summary>
    public bool IsHtml => Format == "html";
}

/// <summary>A template's text in one locale, as it was typed.</summary>
public sealed record LocaleForm(string Locale, string Subject, string Preheader, string Body, string Text);

/// <summary>A variable as it was typed.</summary>
public sealed record VariableForm(string Key, string Type, bool IsRequired, bool IsSecret, string Expires, string Fallback, string Sample)
{
    /// <summary>A row that nobody has filled in yet.</summary>
    public static VariableForm Blank { get; } = new("", "string", IsRequired: true, IsSecret: false, "", "", "");
}
