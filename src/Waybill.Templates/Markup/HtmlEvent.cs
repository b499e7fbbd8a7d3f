using Waybill.Templates.Language;

namespace Waybill.Templates.Markup;

/// <summary>
/// What a reader of HTML finds, in the order of the source. Text is as it was written, with its entities and placeholders.
/// </summary>
internal abstract record HtmlEvent(Place At)
{
    /// <summary>Between tags.</summary>
    public sealed record Text(Place At, string Raw) : HtmlEvent(At);

    /// <summary>The beginning of an element.</summary>
    public sealed record Start(Place At, string Name, IReadOnlyList<HtmlAttribute> Attributes, bool IsSelfClosing) : HtmlEvent(At)
    {
        public string? Value(string name) =>
            Attributes.FirstOrDefault(attribute => attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Raw;
    }

    /// <summary>The end of an element.</summary>
    public sealed record End(Place At, string Name) : HtmlEvent(At);

    /// <summary>The content of a style element.</summary>
    public sealed record Style(Place At, string Raw) : HtmlEvent(At);

    /// <summary>A comment or a doctype, with its brackets.</summary>
    public sealed record Verbatim(Place At, string Raw) : HtmlEvent(At);
}

/// <summary>An attribute; its value as written, without the quotes. Null: it has none.</summary>
internal sealed record HtmlAttribute(Place At, string Name, string? Raw, bool IsQuoted);
