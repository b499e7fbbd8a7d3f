using System.Collections.ObjectModel;

namespace Waybill.Templates;

/// <summary>A template in one locale, as its author wrote it.</summary>
public sealed record TemplateSource
{
    /// <summary>How the template is called.</summary>
    public required string Name { get; init; }

    /// <summary>A BCP 47 tag, such as de or en-US.</summary>
    public required string Locale { get; init; }

    /// <summary>What <see cref="Body"/> is written in.</summary>
    public required TemplateFormat Format { get; init; }

    /// <summary>One line; may hold placeholders.</summary>
    public required string Subject { get; init; }

    /// <summary>The text, at most 256 KiB with its partials.</summary>
    public required string Body { get; init; }

    /// <summary>The author's own text part; null: it is derived from the body.</summary>
    public string? Text { get; init; }

    /// <summary>What an inbox shows beside the subject; null: the beginning of the mail.</summary>
    public string? Preheader { get; init; }

    /// <summary>What the data must and may hold.</summary>
    public IReadOnlyList<TemplateVariable> Variables { get; init; } = [];

    /// <summary>
    /// Further partials by name, in the format of <see cref="Body"/>. The parts that come with Waybill need not be in it.
    /// </summary>
    public IReadOnlyDictionary<string, string> Partials { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The line of the file on which <see cref="Body"/> starts; problems are counted from there.</summary>
    public int BodyLine { get; init; } = 1;

    /// <summary>The line of the file that holds <see cref="Subject"/>.</summary>
    public int SubjectLine { get; init; } = 1;

    /// <summary>The line of the file that holds <see cref="Preheader"/>.</summary>
    public int PreheaderLine { get; init; } = 1;
}
