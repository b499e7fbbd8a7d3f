using Waybill.Templates.Language;

namespace Waybill.Templates.Checking;

/// <summary>Whether what a template uses is what it declares.</summary>
internal static class VariableCheck
{
    static Place Nowhere { get; } = new(1, 1, Part: TemplatePart.Variables);

    public static void Look(CompiledTemplate template, Problems problems)
    {
        var declared = template.Source.Variables;
        foreach (var (path, at) in template.Used) LookAtUse(template.Source, path, at, problems);
        foreach (var variable in declared.Where(variable => !IsUsed(variable.Path, template.UsedPaths)))
        {
            problems.Warn(Nowhere, $"{variable.Path} is declared and never used: use it, or take it from the variables.");
        }

        foreach (var variable in declared.Where(
            variable => variable.Sample is null && !HasSampleInside(variable.Path, declared)
                && !IsInSampleOfOther(variable.Path, declared)))
        {
            problems.Warn(Nowhere, $"{variable.Path} has no sample: previews and checks lack it.");
        }
    }

    /// <summary>HTML that declares nothing at all is taken as it is; who declares something declares everything.</summary>
    static void LookAtUse(TemplateSource source, string path, Place at, Problems problems)
    {
        if (IsDeclared(path, source.Variables)) return;
        var message = $"{path} is used and not declared: add it to the variables{Nearest(path, source.Variables)}";
        if (source.Format == TemplateFormat.Html && source.Variables.Count == 0) problems.Warn(at, message);
        else problems.Refuse(at, message);
    }

    /// <summary>By itself; as what holds a declared one; or inside of a list or an object whose content is not declared.</summary>
    static bool IsDeclared(string path, IReadOnlyList<TemplateVariable> variables) => variables.Any(variable =>
        variable.Path == path || IsInside(variable.Path, path)
        || (IsInside(path, variable.Path) && IsOpen(variable) && !variables.Any(other => IsInside(other.Path, variable.Path))));

    static bool IsOpen(TemplateVariable variable) => variable.Type is VariableType.List or VariableType.Object or VariableType.Money;

    static bool IsUsed(string path, IReadOnlyList<string> used) =>
        used.Any(other => other == path || IsInside(other, path) || IsInside(path, other));

    static bool IsInside(string inner, string outer) =>
        inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal) && inner[outer.Length] is '.' or '[';

    static bool HasSampleInside(string path, IReadOnlyList<TemplateVariable> variables) =>
        variables.Any(other => other.Sample is not null && IsInside(other.Path, path));

    static bool IsInSampleOfOther(string path, IReadOnlyList<TemplateVariable> variables) =>
        variables.Any(other => other.Sample is not null && IsInside(path, other.Path));

    static string Nearest(string path, IReadOnlyList<TemplateVariable> variables)
    {
        var near = variables.FirstOrDefault(variable => Distance(path, variable.Path) <= 2);
        return near is null ? "." : $", or did you mean {near.Path}?";
    }

    static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (before, diagonal) = (i, row[0]);
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var here = Math.Min(Math.Min(row[j], before) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                (diagonal, row[j], before) = (row[j], here, here);
            }
        }

        return row[^1];
    }
}
