using System.Collections.Concurrent;
using Waybill.Templates;

namespace Waybill.Engine.Catalogue;

/// <summary>Compiles each version once and keeps it: a published version never changes.</summary>
public sealed class CompiledTemplates
{
    const int Most = 500;

    readonly ConcurrentDictionary<(Guid Version, string Locale), CompiledTemplate> kept = new();

    /// <summary>
    /// One locale of a version, ready to be filled; or why what was published with another program is refused by this one.
    /// </summary>
    public (CompiledTemplate? Template, string? Problem) Find(PublishedVersion version, TemplateText text)
    {
        if (kept.TryGetValue((version.Id, text.Locale), out var known)) return (known, null);
        switch (TemplateCompiler.Compile(version.Content.Source(version.Name, text)))
        {
            case Compilation.Compiled(var template, _):
                // any of them: it is compiled again when it is needed
                foreach (var some in kept.Keys.Take(kept.Count - Most + 1)) kept.TryRemove(some, out _);
                return (kept[(version.Id, text.Locale)] = template, null);
            case Compilation.Refused(var problems):
                return (null, $"Template {version.Name} v{version.Number} ({text.Locale}) does not compile: {problems[0].Message}");
            case var other:
                throw new System.Diagnostics.UnreachableException($"No rule for {other.GetType().Name}.");
        }
    }
}
