using System.Collections.ObjectModel;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Engine.Journal;
using Waybill.Templates;

namespace Waybill.Engine.Catalogue;

/// <summary>What one version of a template holds: its text in every locale, and what all locales share.</summary>
public sealed record TemplateContent
{
    /// <summary>How the bodies are written.</summary>
    public required TemplateFormat Format { get; init; }

    /// <summary>At least one; the first one is the one it was written in.</summary>
    public required IReadOnlyList<TemplateText> Texts { get; init; }

    /// <summary>What it is filled with.</summary>
    public IReadOnlyList<TemplateVariable> Variables { get; init; } = [];

    /// <summary>The sender; null: the brand's.</summary>
    public string? From { get; init; }

    /// <summary>Where answers go; empty: as the brand says.</summary>
    public IReadOnlyList<string> ReplyTo { get; init; } = [];

    /// <summary>The sources that the compiler takes, one for each locale.</summary>
    public IReadOnlyList<TemplateSource> Sources(string name) => [.. Texts.Select(text => Source(name, text))];

    /// <summary>The source of one locale.</summary>
    public TemplateSource Source(string name, TemplateText text) => new()
    {
        Name = name,
        Locale = text.Locale,
        Format = Format,
        Subject = text.Subject,
        Body = text.Body,
        Text = text.Text,
        Preheader = text.Preheader,
        Variables = Variables,
        Partials = text.Partials ?? ReadOnlyDictionary<string, string>.Empty,
        BodyLine = text.BodyLine,
    };

    /// <summary>As its author left it: partials are taken in when it is published.</summary>
    internal TemplateContent WithoutPartials() =>
        Texts.Any(text => text.Partials is not null)
            ? this with { Texts = [.. Texts.Select(text => text with { Partials = null })] }
            : this;

    internal byte[] Pack() => Packed.Pack(Plain());

    internal static TemplateContent Unpack(byte[] kept) =>
        JsonSerializer.Deserialize(Packed.Unpack(kept), CatalogueJson.Default.TemplateContent)!;

    /// <summary>SHA-256: equal for equal content.</summary>
    internal byte[] Hash() => SHA256.HashData(Plain());

    byte[] Plain() => JsonSerializer.SerializeToUtf8Bytes(this, CatalogueJson.Default.TemplateContent);
}

/// <summary>A template's text in one locale.</summary>
/// <param name="Locale">A language tag, e.g. <c>en</c> or <c>de-CH</c>.</param>
/// <param name="Subject">The subject, with variables.</param>
/// <param name="Body">Markdown or HTML, with variables.</param>
public sealed record TemplateText(string Locale, string Subject, string Body)
{
    /// <summary>What an inbox shows beside the subject.</summary>
    public string? Preheader { get; init; }

    /// <summary>The plain text; null: derived from the body.</summary>
    public string? Text { get; init; }

    /// <summary>The partials that it uses, as they were when it was published; null: none, or it is a draft.</summary>
    public IReadOnlyDictionary<string, string>? Partials { get; init; }

    /// <summary>The line of its file at which the body begins, from 1.</summary>
    public int BodyLine { get; init; } = 1;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TemplateContent))]
internal sealed partial class CatalogueJson : JsonSerializerContext;
