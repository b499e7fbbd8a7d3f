using System.Text.Json;
using Waybill.Templates.Language;
using Waybill.Templates.Wording;

namespace Waybill.Templates.Render;

/// <summary>One rendering under way: contexts, steps taken, and where the text goes. Nothing in it can be reached but JSON.</summary>
internal sealed class Walk(JsonElement data, MailFacets mail, Output output)
{
    Frame frame = new(null, Value.Of(data));
    int steps;

    public Output Output => output;

    public MailFacets Mail => mail;

    /// <summary>For a value on its way from JSON to the text.</summary>
    public char[] Scratch { get; } = new char[256];

    /// <summary>Why it ended early; null: it did not.</summary>
    public Rendering.Refused? Refusal { get; private set; }

    public void Run(Node[] nodes)
    {
        foreach (var node in nodes)
        {
            if (Refusal is not null) return;
            Charge(1, node.At);
            node.Write(this);
        }
    }

    public void Run(Node[] nodes, Frame inner)
    {
        var outer = frame;
        frame = inner;
        Run(nodes);
        frame = outer;
    }

    public Frame Push(Value current) => new(frame, current);

    public Frame PushLoop(int count) => new(frame, default) { IsLoop = true, Count = count };

    /// <summary>For a partial: the context stays, or is the given one; the parameters stand in front of it.</summary>
    public Frame PushScope(Expression? context, Named[] parameters)
    {
        var arguments = parameters.Length == 0 ? [] : new Value[parameters.Length];
        for (var i = 0; i < parameters.Length; i++) arguments[i] = Evaluate(parameters[i].Value);
        return new(frame, context is null ? frame.This : Evaluate(context)) { Parameters = parameters, Arguments = arguments };
    }

    /// <summary>The position in the nearest loop, from 0; outside of any 0.</summary>
    public int LoopIndex => NearestLoop()?.Index ?? 0;

    public void Refuse(Place at, string message)
    {
        var place = at.InTemplate();
        Refusal ??= new(place.Line, place.Column, message);
    }

    /// <summary>What takes longer counts for more, so that the number of steps bounds the time.</summary>
    public void Charge(int more, Place at)
    {
        steps += more;
        if (steps > TemplateLimits.Steps)
        {
            Refuse(
                at,
                FormattableString.Invariant(
                    $"The template takes more than {TemplateLimits.Steps:N0} steps with this data: shorten the lists."));
        }
        else if (output.IsFull) Refuse(at, "The mail is longer than 1 MiB with this data: shorten the lists or the texts.");
    }

    public Value Evaluate(Expression expression) => expression switch
    {
        Expression.Path path => Resolve(path),
        Expression.Constant constant => constant.Value,
        Expression.OfMail fact => mail.ValueOf(fact.Fact),
        Expression.OfLoop fact => ValueOf(fact.Fact),
        Expression.Call call => Compute(call),
        _ => default,
    };

    Value Resolve(Expression.Path path)
    {
        var from = frame;
        for (var up = path.Up; up > 0; up--)
        {
            if (from.Parent is null) return default;
            from = from.Parent;
        }

        var (value, next) = (from.This, 0);
        if (from.Parameters.Length > 0 && path.Segments.Length > 0 && from.TryGetArgument(path.Segments[0].Name, out var argument))
        {
            (value, next) = (argument, 1);
        }

        for (; next < path.Segments.Length && value.Sort == ValueSort.Json; next++)
            value = StepInto(value.Json, path.Segments[next], path.At);
        if (next < path.Segments.Length) value = default;
        return value.IsMissing && path.Fallback is { } fallback ? Value.Of(fallback) : value;
    }

    Value StepInto(JsonElement json, PathSegment segment, Place at)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                Charge(json.GetPropertyCount() / 64, at);
                return Refusal is null && json.TryGetProperty(segment.Utf8, out var property) ? Value.Of(property) : default;
            case JsonValueKind.Array when segment.Index is { } index && index < json.GetArrayLength():
                Charge(index / 64, at);
                return Value.Of(json[index]);
            case JsonValueKind.Array when segment.IsLength:
                return Value.Of(json.GetArrayLength());
            default:
                return default;
        }
    }

    Frame? NearestLoop()
    {
        var near = frame;
        while (near is { IsLoop: false }) near = near.Parent;
        return near;
    }

    Value ValueOf(LoopFact fact) => NearestLoop() is not { } loop ? default : fact switch
    {
        LoopFact.Index => Value.Of(loop.Index),
        LoopFact.First => Value.Of(loop.Index == 0),
        LoopFact.Last => Value.Of(loop.Index == loop.Count - 1),
        _ => Value.Of(loop.Key),
    };

    Value Compute(Expression.Call call) => call.Helper switch
    {
        Helper.Default => FirstThere(call),
        Helper.Date => Formatted(call, DateText.Format(Evaluate(call.Arguments[0]), OptionOf(call), mail)),
        _ => Formatted(call, MoneyText.Format(Evaluate(call.Arguments[0]), OptionOf(call), mail.Words)),
    };

    string? OptionOf(Expression.Call call) => call.Options.Length == 0 ? null : Evaluate(call.Options[0].Value).Print();

    Value FirstThere(Expression.Call call)
    {
        Value last = default;
        foreach (var argument in call.Arguments)
        {
            last = Evaluate(argument);
            if (!last.IsMissing && (last.IsTrue || last.Print() is { Length: > 0 })) return last;
        }

        return last;
    }

    Value Formatted(Expression.Call call, (string Text, string? Complaint) formatted)
    {
        Charge(2, call.At);
        if (formatted.Complaint is { } complaint)
        {
            Refuse(call.At, call.Arguments[0] is Expression.Path path ? $"{path}: {complaint}" : complaint);
        }

        return Value.Of(formatted.Text);
    }
}
