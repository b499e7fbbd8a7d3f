namespace Waybill.Templates.Language;

/// <summary>A piece of a source: text, or a tag.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Text">What stands there as it is; empty beside a tag.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Margin">What stands before a tag that has its line for itself; the line is in no text token then. Null: it shares its
/// line.</param>
/// <param name="Length">Characters of the source.</param>
internal readonly record struct Token(Place At, string Text, Tag? Tag, string? Margin, int Length);
