using System.Text.Json;

namespace Waybill.Templates.Language;

/// <summary>
/// Follows the contexts of a template while it is compiled: which place in the data each path names, what stands in for it, and which
/// values stand where no secret may.
/// </summary>
internal sealed class Binder
{
    readonly Dictionary<string, JsonElement> fallbacks = new(StringComparer.Ordinal);
    readonly Stack<Context> contexts = new();
    readonly List<Origin> shown = [];
    readonly HashSet<Exposure> exposures = [];
    readonly Problems problems;
    readonly Dictionary<string, Origin> known = new(StringComparer.Ordinal);
    Origin? subject;

    public Binder(IReadOnlyList<TemplateVariable> variables, Problems problems)
    {
        this.problems = problems;
        foreach (var variable in variables)
        {
            if (variable.Fallback is { } fallback) fallbacks[variable.Path] = fallback;
        }

        contexts.Push(new(Origin.Data(""), [], IsLoop: false));
    }

    /// <summary>The places in the data that the template reads, items[].price among them, and where first.</summary>
    public Dictionary<string, Place> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>The values that stand where no secret may.</summary>
    public IReadOnlyCollection<Exposure> Exposures => exposures;

    public Expression Bind(Expression expression) => expression switch
    {
        Expression.Path path => Bind(path),
        Expression.Call call => call with { Arguments = [.. call.Arguments.Select(Bind)], Options = Bind(call.Options) },
        _ => expression,
    };

    public Named[] Bind(Named[] parameters) => [.. parameters.Select(parameter => parameter with { Value = Bind(parameter.Value) })];

    /// <summary>The places that a value which is printed here may come from.</summary>
    public IReadOnlyList<string> Show(Expression expression)
    {
        var origin = OriginOf(expression);
        if (subject is null && origin.Sources.Count > 0) shown.Add(origin);
        return origin.Sources;
    }

    /// <summary>Notes that a value stands where no secret may.</summary>
    public void Expose(Expression expression, Place at, string where)
    {
        foreach (var source in OriginOf(expression).Sources) exposures.Add(new(at, source, where));
    }

    /// <summary>As <see cref="Expose(Expression, Place, string)"/>, for a value that was bound before.</summary>
    public void Expose(IEnumerable<string> sources, Place at, string where)
    {
        foreach (var source in sources) exposures.Add(new(at, source, where));
    }

    /// <summary>All that was shown until now is the subject, which other parts may repeat.</summary>
    public void EndSubject() => subject = Origin.Made(shown);

    public void Enter(Expression subject, bool isLoop)
    {
        var origin = OriginOf(subject);
        contexts.Push(new(isLoop ? origin.Item() : origin, [], isLoop));
    }

    public void EnterScope(Expression? context, Named[] parameters)
    {
        var origin = context is null ? contexts.Peek().Base : OriginOf(context);
        contexts.Push(
            new(
                origin,
                parameters.ToDictionary(parameter => parameter.Name, parameter => OriginOf(parameter.Value), StringComparer.Ordinal),
                IsLoop: false));
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

        if (OriginOf(path).Place is not { Length: > 0 } place) return path;
        _ = Used.TryAdd(place, path.At);
        return fallbacks.TryGetValue(place, out var fallback) ? path with { Fallback = fallback } : path;
    }

    Origin OriginOf(Expression expression) => expression switch
    {
        Expression.Path path => OriginOf(path),
        Expression.Call call => Origin.Made([.. call.Arguments.Select(OriginOf), .. call.Options.Select(option => OriginOf(option.Value))]),
        Expression.OfMail { Fact: MailFact.Subject } => subject ?? Origin.Template,
        Expression.OfLoop { Fact: LoopFact.Key } =>
            Origin.Made([.. contexts.Where(context => context.IsLoop).Take(1).Select(context => context.Base)]),
        _ => Origin.Template,
    };

    Origin OriginOf(Expression.Path path)
    {
        if (path.Up >= contexts.Count) return Origin.Template;
        var context = contexts.ElementAt(path.Up);
        var (origin, from) = (context.Base, 0);
        if (path.Segments.Length > 0 && context.Named.TryGetValue(path.Segments[0].Name, out var given)) (origin, from) = (given, 1);
        foreach (var segment in path.Segments.AsSpan(from))
        {
            if (segment.IsLength) break;
            origin = segment.Index is not null ? origin.Item() : origin.Property(segment.Name);
        }

        if (origin.Place is not { } place) return origin;
        if (known.TryGetValue(place, out var same)) return same; // a place is named often
        return known[place] = origin;
    }

    /// <summary>What `this` is in the data, and what the parameters of a partial are.</summary>
    sealed record Context(Origin Base, Dictionary<string, Origin> Named, bool IsLoop);
}
