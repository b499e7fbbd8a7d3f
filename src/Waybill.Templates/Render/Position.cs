namespace Waybill.Templates.Render;

/// <summary>Where a value is printed, and so how it is made harmless.</summary>
internal enum Position
{
    /// <summary>Text or an attribute of HTML.</summary>
    Html,

    /// <summary>Text of HTML in which the value's line ends are kept.</summary>
    HtmlLines,

    /// <summary>One line of plain text: a subject, or part of a paragraph that is wrapped.</summary>
    Plain,

    /// <summary>Plain text that is wrapped, in which the value's line ends are kept.</summary>
    PlainLines,

    /// <summary>Plain text that stands as it is written.</summary>
    Raw,
}
