namespace Waybill.Templates;

/// <summary>What filling in a template came to.</summary>
public abstract record Rendering
{
    private Rendering() { }

    /// <summary>The parts of a mail.</summary>
    public sealed record Rendered(string Subject, string Html, string Text) : Rendering;

    /// <summary>The data does not fit, or a limit was met.</summary>
    /// <param name="Line">Of the template's source, from 1.</param>
    /// <param name="Column">From 1.</param>
    /// <param name="Message">A sentence that says what to mend.</param>
    public sealed record Refused(int Line, int Column, string Message) : Rendering;
}
