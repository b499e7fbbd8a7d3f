using Waybill.Templates.Language;

namespace Waybill.Templates.Render;

/// <summary>A context of a walk: what `this` is, and the contexts above it.</summary>
internal sealed class Frame(Frame? parent, Value current)
{
    public Frame? Parent { get; } = parent;

    public Value This { get; set; } = current;

    /// <summary>The parameters of a partial stand in front of the data.</summary>
    public Named[] Parameters { get; init; } = [];

    public Value[] Arguments { get; init; } = [];

    public bool IsLoop { get; init; }

    public int Index { get; set; }

    public int Count { get; init; }

    public string? Key { get; set; }

    public bool TryGetArgument(string name, out Value value)
    {
        for (var i = 0; i < Parameters.Length; i++)
        {
            if (!string.Equals(Parameters[i].Name, name, StringComparison.Ordinal)) continue;
            value = Arguments[i];
            return true;
        }

        value = default;
        return false;
    }
}
