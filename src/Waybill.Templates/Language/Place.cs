namespace Waybill.Templates.Language;

/// <summary>Where something stands in a part of a source; line and column count from 1.</summary>
internal readonly record struct Place(int Line, int Column, PartialUse? Within = null, TemplatePart Part = TemplatePart.Body)
{
    /// <summary>The place so many characters of one text further on.</summary>
    public Place After(ReadOnlySpan<char> text)
    {
        var lines = text.Count('\n');
        return lines == 0
            ? this with { Column = Column + text.Length }
            : this with { Line = Line + lines, Column = text.Length - text.LastIndexOf('\n') };
    }

    /// <summary>The place in the template itself, for what stands in a partial.</summary>
    public Place InTemplate() => Within is null ? this : Within.At.InTemplate();
}

/// <summary>A partial, where it is used.</summary>
internal sealed record PartialUse(string Name, Place At);
