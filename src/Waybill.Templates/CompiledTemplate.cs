using System.Text.Json;
using Waybill.Mime.Addresses;
using Waybill.Templates.Language;
using Waybill.Templates.Plain;
using Waybill.Templates.Render;

namespace Waybill.Templates;

/// <summary>A template that was compiled: immutable, and used by many threads at a time.</summary>
public sealed class CompiledTemplate
{
    readonly MailParts parts;
    readonly DataRules rules;

    internal CompiledTemplate(TemplateSource source, Binder binder, MailParts parts)
    {
        (Source, Used, Exposures, this.parts) = (source, binder.Used, binder.Exposures, parts);
        UsedPaths = [.. Used.Keys.Order(StringComparer.Ordinal)];
        rules = new(source.Variables, Used);
    }

    /// <summary>What it was made of.</summary>
    public TemplateSource Source { get; }

    /// <summary>The places in the data that it reads, in order; what each item of a list holds is written items[].price.</summary>
    public IReadOnlyList<string> UsedPaths { get; }

    internal Dictionary<string, Place> Used { get; }

    /// <summary>The values that stand where no secret may.</summary>
    internal IReadOnlyCollection<Exposure> Exposures { get; }

    /// <summary>
    /// Why it may not be filled with a secret at any of these places; null: it may. It is asked whenever there are secrets, for a template
    /// may have been published by a program that did not ask.
    /// </summary>
    public string? ObjectionTo(IReadOnlyList<string> secrets)
    {
        foreach (var exposure in Exposures)
        {
            if (secrets.FirstOrDefault(exposure.Shows) is not { } path) continue;
            var at = exposure.At.InTemplate();
            return FormattableString.Invariant($"{exposure.Sentence(path)} (line {at.Line}, column {at.Column})");
        }

        return null;
    }

    /// <summary>Fills it in. The same arguments give the same text on every machine, whatever its culture and time zone.</summary>
    /// <param name="data">An object; what it holds is text wherever it is shown.</param>
    /// <param name="brand">Who the mail speaks for.</param>
    /// <param name="options">Locale and time zone.</param>
    /// <returns>The parts, or the first thing that does not fit.</returns>
    public Rendering Render(JsonElement data, BrandFace brand, RenderOptions options)
    {
        if (rules.FirstComplaint(data) is { } refused) return refused;
        using var output = new Output();
        var mail = new MailFacets(brand, options);
        var walk = new Walk(data, mail, output);
        var subject = mail.Subject = Subject(walk);
        var html = Written(walk, parts.Html);
        var text = parts.HasOwnText ? Written(walk, parts.Text) : Laid(walk);
        return walk.Refusal is { } refusal ? refusal : new Rendering.Rendered(subject, html, text);
    }

    static string Written(Walk walk, Node[] nodes)
    {
        walk.Output.Clear();
        walk.Run(nodes);
        walk.Charge(0, new(1, 1));
        return walk.Refusal is null ? walk.Output.ToString() : "";
    }

    string Subject(Walk walk)
    {
        var written = NameText.Clean(Written(walk, parts.Subject)).AsSpan().Trim();
        return written.IndexOf("  ") < 0
            ? written.ToString()
            : string.Join(' ', written.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    string Laid(Walk walk)
    {
        walk.Output.Clear();
        walk.Run(parts.Text);
        walk.Charge(0, new(1, 1));
        if (walk.Refusal is not null) return "";
        using var lines = new Output();
        new PlainLayout(lines).Write(walk.Output.Written);
        if (lines.IsFull)
        {
            walk.Refuse(new(1, 1), "The text of the mail is longer than 1 MiB with this data: shorten the lists or the texts.");
        }

        return lines.ToString();
    }
}

/// <summary>The nodes of a mail's parts.</summary>
internal sealed record MailParts(Node[] Subject, Node[] Html, Node[] Text, bool HasOwnText);
