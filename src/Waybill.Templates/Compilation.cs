namespace Waybill.Templates;

/// <summary>What compiling a template came to.</summary>
public abstract record Compilation
{
    private Compilation() { }

    /// <summary>It can be published.</summary>
    public sealed record Compiled(CompiledTemplate Template, IReadOnlyList<TemplateProblem> Warnings) : Compilation;

    /// <summary>It cannot; at least one of the problems is fatal.</summary>
    public sealed record Refused(IReadOnlyList<TemplateProblem> Problems) : Compilation;
}
