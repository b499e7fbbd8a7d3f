using System.Text.Json;
using Waybill.Templates.Language;
using Waybill.Templates.Plain;

namespace Waybill.Templates.Render;

/// <summary>A piece of a compiled part: it writes itself when a mail is rendered.</summary>
internal abstract class Node(Place at)
{
    public Place At => at;

    public abstract void Write(Walk walk);

    /// <summary>What stands there as it is.</summary>
    public sealed class Chunk(Place at, string text) : Node(at)
    {
        public string Text => text;

        public override void Write(Walk walk) => walk.Output.Write(text);
    }

    /// <summary>A value.</summary>
    public sealed class Print(Place at, Expression expression, Position position) : Node(at)
    {
        /// <summary>The places in the data that it may come from.</summary>
        public IReadOnlyList<string> Sources { get; init; } = [];

        public override void Write(Walk walk)
        {
            var value = walk.Evaluate(expression);
            if (value.TryPrint(walk.Scratch, out var plain))
            {
                Write(walk, walk.Scratch.AsSpan(0, plain));
                return;
            }

            if (value.Print() is not { } text)
            {
                walk.Refuse(
                    At,
                    $"{expression} is a list or an object, which has no text: name one of its values, or go through it with {{{{#each}}}}.");
                return;
            }

            Write(walk, text);
        }

        void Write(Walk walk, ReadOnlySpan<char> text)
        {
            walk.Charge(text.Length / 64, At);
            if (position == Position.Html) Escaping.WriteHtml(walk.Output, text);
            else if (position == Position.HtmlLines) Escaping.WriteHtml(walk.Output, text, "<br>\n");
            else
                Escaping.WriteText(
                    walk.Output, text, position switch { Position.Raw => "\n", Position.PlainLines => PlainMarks.BreakText, _ => " " });
        }
    }

    /// <summary>A link made of values. One that leads where a mail may not becomes #, and in plain text nothing.</summary>
    public sealed class Link(Place at, LinkPart[] parts, string before, string after, bool isHtml) : Node(at)
    {
        public override void Write(Walk walk)
        {
            var first = parts[0].Value is { } value ? walk.Evaluate(value).Print()?.Trim() : null;
            if (parts[0].Value is not null && !Links.IsAllowed(first) && !(isHtml && Links.IsAllowedPicture(first)))
            {
                if (isHtml) walk.Output.Write(before + "#" + after);
                return;
            }

            walk.Output.Write(before);
            if (first is not null) Escaping.WriteLink(walk.Output, first, isHtml);
            WriteRest(walk, isQuery: first?.Contains('?', StringComparison.Ordinal) ?? false);
            walk.Output.Write(after);
        }

        void WriteRest(Walk walk, bool isQuery)
        {
            foreach (var part in parts.AsSpan(parts[0].Value is null ? 0 : 1))
            {
                if (part.Value is null) Escaping.WriteLink(walk.Output, part.Text, isHtml);
                else Escaping.WriteInLink(walk.Output, walk.Evaluate(part.Value).Print(), isQuery);
                isQuery |= part.Text.AsSpan().IndexOfAny('?', '#') >= 0;
            }
        }
    }

    /// <summary>{{#if}} and {{#unless}}.</summary>
    public sealed class Choose(Place at, Branch[] branches, Node[] otherwise) : Node(at)
    {
        /// <summary>One of which is written.</summary>
        public IEnumerable<Node[]> Bodies => branches.Select(branch => branch.Body).Append(otherwise);

        public override void Write(Walk walk)
        {
            foreach (var branch in branches)
            {
                walk.Charge(1, At);
                if (walk.Evaluate(branch.Condition).IsTrue == branch.IsNegated) continue;
                walk.Run(branch.Body);
                return;
            }

            walk.Run(otherwise);
        }
    }

    /// <summary>{{#each}}</summary>
    public sealed class Loop(Place at, Expression list, Node[] body, Node[] otherwise) : Node(at)
    {
        public Node[] Body => body;

        public Node[] Otherwise => otherwise;

        public override void Write(Walk walk)
        {
            var value = walk.Evaluate(list);
            var kind = value.Sort == ValueSort.Json ? value.Json.ValueKind : JsonValueKind.Undefined;
            if (kind == JsonValueKind.Array && value.Json.GetArrayLength() > 0) WriteItems(walk, value.Json);
            else if (kind == JsonValueKind.Object && value.Json.GetPropertyCount() > 0) WriteProperties(walk, value.Json);
            else walk.Run(otherwise);
        }

        void WriteItems(Walk walk, JsonElement items)
        {
            var frame = walk.PushLoop(items.GetArrayLength());
            foreach (var item in items.EnumerateArray())
            {
                WriteItem(walk, frame, item);
                if (walk.Refusal is not null) return;
            }
        }

        void WriteProperties(Walk walk, JsonElement properties)
        {
            var frame = walk.PushLoop(properties.GetPropertyCount());
            foreach (var property in properties.EnumerateObject())
            {
                frame.Key = property.Name;
                WriteItem(walk, frame, property.Value);
                if (walk.Refusal is not null) return;
            }
        }

        void WriteItem(Walk walk, Frame frame, JsonElement item)
        {
            frame.This = Value.Of(item);
            walk.Charge(1, At);
            walk.Run(body, frame);
            frame.Index++;
        }
    }

    /// <summary>{{#with}}</summary>
    public sealed class Enter(Place at, Expression context, Node[] body, Node[] otherwise) : Node(at)
    {
        public Node[] Body => body;

        public Node[] Otherwise => otherwise;

        public override void Write(Walk walk)
        {
            var value = walk.Evaluate(context);
            if (value.IsTrue) walk.Run(body, walk.Push(value));
            else walk.Run(otherwise);
        }
    }

    /// <summary>A partial.</summary>
    public sealed class Scope(Place at, Expression? context, Named[] parameters, Node[] body) : Node(at)
    {
        public Node[] Body => body;

        public override void Write(Walk walk) => walk.Run(body, walk.PushScope(context, parameters));
    }

    /// <summary>What stands in a part that holds text; it is no context of its own.</summary>
    public sealed class Group(Place at, Node[] body) : Node(at)
    {
        public Node[] Body => body;

        public override void Write(Walk walk) => walk.Run(body);
    }

    /// <summary>The number of an item of a list, which counts on where a loop makes the items.</summary>
    public sealed class Ordinal(Place at, long first) : Node(at)
    {
        public override void Write(Walk walk) => walk.Output.Write(Value.Of(first + walk.LoopIndex).Print());
    }
}

/// <summary>One condition of an {{#if}} and what it decides about.</summary>
internal readonly record struct Branch(Expression Condition, bool IsNegated, Node[] Body);

/// <summary>A piece of a link: fixed text, or a value.</summary>
internal readonly record struct LinkPart(string Text, Expression? Value);
