using System.Text.Json;

namespace Waybill.Engine.Templates.Language;

/// <summary>
/// Follows the contexts of a template while it is compiled: which place in the data each path names, and what stands in for it.
/// </summary>
internal sealed class Binder
{
    readonly Dictionary<string, JsonElement> fallbacks = new(StringComparer.Ordinal);
    readonly Stack<Context> contexts = new();
    readonly Problems problems;

    public Binder(IReadOnlyList<TemplateVariable> variables, Problems problems)
    {
        this.problems = problems;
        foreach (var variable in variables)
        {
            if (variable.Fallback is { } fallback) fallbacks[variable.Path] = fallback;
        }

        contexts.Push(new("", null));
    }

    /// <summary>The places in the data that the template reads, items[].price among them, and where first.</summary>
    public Dictionary<string, Place> Used { get; } = new(StringComparer.Ordinal);

    public Expression Bind(Expression expression) => expression switch
    {
        Expression.Path path => Bind(path),
        Expression.Call call => call with { Arguments = [.. call.Arguments.Select(Bind)], Options = Bind(call.Options) },
        _ => expression,
    };

    public Named[] Bind(Named[] parameters) => [.. parameters.Select(parameter => parameter with { Value = Bind(parameter.Value) })];

    public void Enter(Expression subject, bool isLoop)
    {
        var place = subject is Expression.Path path ? PlaceInData(path) : null;
        contexts.Push(new(place is null ? null : isLoop ? place + "[]" : place, null));
    }

    public void EnterScope(Expression? context, Named[] parameters)
    {
        var place = context is null ? contexts.Peek().Base : context is Expression.Path path ? PlaceInData(path) : null;
        var named = parameters.ToDictionary(
            parameter => parameter.Name,
            parameter => parameter.Value is Expression.Path given ? PlaceInData(given) : null,
            StringComparer.Ordinal);
        contexts.Push(new(place, named));
    }

    public void Leave() => contexts.Pop();

    Expression.Path Bind(Expression.Path path)
    {
        if (path.Up >= contexts.Count)
        {
            problems.Refuse(
                path.At,
                $"{path} leads out of the template: there {(contexts.Count == 1 ? "is no context" : $"are only {contexts.Count - 1} contexts")} above this one.");
        }

        if (PlaceInData(path) is not { Length: > 0 } place) return path;
        _ = Used.TryAdd(place, path.At);
        return fallbacks.TryGetValue(place, out var fallback) ? path with { Fallback = fallback } : path;
    }

    /// <summary>Null: it cannot be said, for it is a value that a helper made, or leads out of the template.</summary>
    string? PlaceInData(Expression.Path path)
    {
        if (path.Up >= contexts.Count) return null;
        var context = contexts.ElementAt(path.Up);
        var (place, from) = (context.Base, 0);
        if (path.Segments.Length > 0 && context.Named is { } named && named.TryGetValue(path.Segments[0].Name, out var given))
        {
            (place, from) = (given, 1);
        }

        if (place is null) return null;
        foreach (var segment in path.Segments.AsSpan(from))
        {
            if (segment.IsLength) break;
            place = segment.Index is not null ? place + "[]" : place.Length == 0 ? segment.Name : $"{place}.{segment.Name}";
        }

        return place;
    }

    /// <summary>What `this` is in the data, and what the parameters of a partial are.</summary>
    sealed record Context(string? Base, Dictionary<string, string?>? Named);
}
