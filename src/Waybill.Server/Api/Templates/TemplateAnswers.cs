using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Engine.Catalogue;
using Waybill.Server.Http;
using Waybill.Templates;

namespace Waybill.Server.Api.Templates;

/// <summary>A template in a list, in the words of Resend's API.</summary>
internal sealed record TemplateListItem(
    TemplateId Template, string Name, string? Alias, string Status, string? PublishedAt, string CreatedAt, string UpdatedAt)
{
    public TemplateListItem(TemplateRow row)
        : this(
            row.Id, row.Name, row.Alias, row.PublishedAt is null ? "draft" : "published", row.PublishedAt?.OnTheWire(),
            row.CreatedAt.OnTheWire(), row.UpdatedAt.OnTheWire())
    {
        IsShipped = row.Tenant == Engine.Tenancy.TenantId.Everybody;
        HasUnpublishedVersions = row.HasDraft;
    }

    [JsonIgnore]
    public TemplateId Template { get; } = Template;

    public string Id => Template.ToString();

    public bool HasUnpublishedVersions { get; }

    public bool IsShipped { get; }
}

/// <summary>A page of templates, newest first.</summary>
internal sealed record TemplateListAnswer(bool HasMore, IReadOnlyList<TemplateListItem> Data)
{
    public string Object { get; } = "list";
}

/// <summary>Names a template that was made or changed.</summary>
internal sealed record TemplateReference(string Id)
{
    public string Object { get; } = "template";
}

/// <summary>A template that is gone.</summary>
internal sealed record RemovedTemplateAnswer(string Id)
{
    public string Object { get; } = "template";

    public bool Deleted { get; } = true;
}

/// <summary>One template whole. <c>html</c> of a Markdown template is its preview with sample data.</summary>
internal sealed record TemplateAnswer
{
    public TemplateAnswer(Template template, string html)
    {
        var text = template.Content.Texts[0];
        Id = template.Id.ToString();
        Name = template.Name;
        Alias = template.Alias;
        Subject = text.Subject;
        Html = html;
        Markdown = template.Content.Format == TemplateFormat.Markdown ? text.Body : null;
        Text = text.Text;
        Preheader = text.Preheader;
        Locale = text.Locale;
        Locales = [.. template.Content.Texts.Skip(1).Select(one => new LocaleAnswer(one, template.Content.Format))];
        Status = template.PublishedAt is null ? "draft" : "published";
        Variables = [.. template.Content.Variables.Select(one => new VariableAnswer(one, template))];
        From = template.Content.From;
        ReplyTo = template.Content.ReplyTo.Count == 0 ? null : template.Content.ReplyTo;
        PublishedAt = template.PublishedAt?.OnTheWire();
        CreatedAt = template.CreatedAt.OnTheWire();
        UpdatedAt = template.UpdatedAt.OnTheWire();
        HasUnpublishedVersions = template.IsDraft;
        CurrentVersionId = template.VersionId.ToString("D");
        Version = template.Number;
        IsShipped = template.IsShipped;
        HasUpdate = template.HasUpdate;
    }

    public string Object { get; } = "template";

    public string Id { get; }

    public string Name { get; }

    public string? Alias { get; }

    public string Subject { get; }

    public string Html { get; }

    public string? Markdown { get; }

    public string? Text { get; }

    public string? Preheader { get; }

    public string Locale { get; }

    public IReadOnlyList<LocaleAnswer> Locales { get; }

    public string Status { get; }

    public IReadOnlyList<VariableAnswer> Variables { get; }

    public string? From { get; }

    public IReadOnlyList<string>? ReplyTo { get; }

    public string? PublishedAt { get; }

    public string CreatedAt { get; }

    public string UpdatedAt { get; }

    public bool HasUnpublishedVersions { get; }

    public string CurrentVersionId { get; }

    public int Version { get; }

    public bool IsShipped { get; }

    public bool HasUpdate { get; }
}

/// <summary>A template in a further locale.</summary>
internal sealed record LocaleAnswer(string Locale, string Subject, string? Html, string? Markdown, string? Text, string? Preheader)
{
    public LocaleAnswer(TemplateText text, TemplateFormat format)
        : this(
            text.Locale, text.Subject, format == TemplateFormat.Html ? text.Body : null,
            format == TemplateFormat.Markdown ? text.Body : null, text.Text, text.Preheader)
    {
    }
}

/// <summary>A variable; a secret's sample is one that its author made up.</summary>
internal sealed record VariableAnswer(
    string Key, string Type, JsonElement? FallbackValue, bool Required, bool Secret, int? ExpiresIn, JsonElement? Sample, string CreatedAt,
    string UpdatedAt)
{
    public VariableAnswer(TemplateVariable variable, Template template)
        : this(
            variable.Path, PostedVariables.Word(variable.Type), variable.Fallback, variable.IsRequired, variable.IsSecret,
            (int?)variable.Lifetime?.TotalSeconds, variable.Sample, template.CreatedAt.OnTheWire(), template.UpdatedAt.OnTheWire())
    {
    }
}

/// <summary>A template filled with values, and what its checks say.</summary>
internal sealed record TemplatePreviewAnswer(string Locale, string Subject, string Html, string Text, IReadOnlyList<ProblemAnswer> Problems)
{
    public string Object { get; } = "template_preview";
}

/// <summary>Something that is wrong with a template, or worth a second look.</summary>
internal sealed record ProblemAnswer(string? Locale, int Line, int Column, string Message, bool Fatal)
{
    public ProblemAnswer(TemplateProblem problem)
        : this(problem.Locale, problem.Line, problem.Column, problem.Message, problem.IsFatal)
    {
    }
}

/// <summary>A template's history.</summary>
internal sealed record TemplateVersionsAnswer(IReadOnlyList<TemplateVersionAnswer> Data)
{
    public string Object { get; } = "list";
}

/// <summary>One version of it.</summary>
internal sealed record TemplateVersionAnswer(string Id, int Version, string Status, string CreatedAt, string? PublishedAt);
