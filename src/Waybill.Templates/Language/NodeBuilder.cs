using System.Text;
using Waybill.Templates.Render;

namespace Waybill.Templates.Language;

/// <summary>
/// Builds the nodes of one part out of text and tags in their order. Whoever feeds it says where containers (a paragraph, a cell, an
/// element)
/// begin and end: a block must end in the container in which it begins.
/// </summary>
internal sealed class NodeBuilder(Binder binder, Problems problems, Position position)
{
    readonly Stack<Block> open = new();
    readonly StringBuilder literal = new();
    List<Node> nodes = [];
    Place place = new(1, 1);
    int floor;
    long written;

    public Binder Binder => binder;

    public Problems Problems => problems;

    /// <summary>Whether there is more text than a mail may have, which was told: what else comes is of no use.</summary>
    public bool IsFull => written > TemplateLimits.Output;

    public void Literal(ReadOnlySpan<char> text)
    {
        var before = written;
        written += text.Length;
        if (!IsFull) literal.Append(text);
        else if (before <= TemplateLimits.Output)
            problems.Refuse(place, "With its layout the template is longer than 1 MiB from here on: shorten it.");
    }

    public void Print(Tag.Output tag) => Print(tag.At, tag.Value, position);

    public void Print(Place at, Expression value, Position where)
    {
        var bound = binder.Bind(value);
        Add(new Node.Print(at, bound, where) { Sources = binder.Show(bound) });
    }

    public void Add(Node node)
    {
        Flush();
        place = node.At;
        nodes.Add(node);
    }

    /// <summary>A container begins; keep what comes back for its end.</summary>
    public int EnterContainer()
    {
        var outer = floor;
        floor = open.Count;
        return outer;
    }

    public void LeaveContainer(int outer, string container)
    {
        while (open.Count > floor)
        {
            var left = open.Peek();
            problems.Refuse(
                left.Tag.At,
                $"This block begins inside {container} and does not end there: put its tags on lines of their own, between blocks, or both into the same text.");
            CloseTop();
        }

        floor = outer;
    }

    public void Open(Tag tag)
    {
        Flush();
        if (open.Count == TemplateLimits.Depth)
        {
            problems.Refuse(
                tag.At, $"Blocks are nested more than {TemplateLimits.Depth} deep here, those of partials included: take some out.");
        }

        var bound = Bound(tag);
        open.Push(new(bound, nodes));
        nodes = [];
        EnterContext(bound);
    }

    public void Else(Tag.Else tag)
    {
        if (!IsOpenHere(tag, "{{else}}")) return;
        Flush();
        var block = open.Peek();
        if (block.HasElse) problems.Refuse(tag.At, "This block has an {{else}} already.");
        if (!block.IsInElse) LeaveContext(block.Tag);
        block.Bodies.Add([.. nodes]);
        if (tag.Condition is { } condition) block.Conditions.Add(binder.Bind(condition));
        else block.HasElse = true;
        block.IsInElse = true;
        nodes = [];
    }

    public void Close(Tag tag)
    {
        if (IsOpenHere(tag, tag is Tag.Close close ? $"{{{{/{close.Name}}}}}" : "")) CloseTop();
    }

    public Node[] Finish()
    {
        LeaveContainer(0, "the text");
        Flush();
        return [.. nodes];
    }

    bool IsOpenHere(Tag tag, string written)
    {
        if (open.Count > floor && open.Peek().Tag.BlockNumber == tag.BlockNumber) return true;
        problems.Refuse(
            tag.At,
            $"{written} does not stand where its block began: put the tags of a block on lines of their own, between blocks, or both into the same text.");
        return false;
    }

    void CloseTop()
    {
        Flush();
        var block = open.Pop();
        if (!block.IsInElse) LeaveContext(block.Tag);
        block.Bodies.Add([.. nodes]);
        nodes = block.Outer;
        nodes.Add(block.ToNode());
    }

    Tag Bound(Tag tag) => tag switch
    {
        Tag.Open block => block with { Subject = binder.Bind(block.Subject) },
        Tag.OpenScope scope =>
            scope with { Context = scope.Context is null ? null : binder.Bind(scope.Context), Parameters = binder.Bind(scope.Parameters) },
        _ => tag,
    };

    void EnterContext(Tag tag)
    {
        if (tag is Tag.Open { Kind: BlockKind.Each or BlockKind.With } block) binder.Enter(block.Subject, block.Kind == BlockKind.Each);
        else if (tag is Tag.OpenScope scope) binder.EnterScope(scope.Context, scope.Parameters);
    }

    void LeaveContext(Tag tag)
    {
        if (tag is Tag.Open { Kind: BlockKind.Each or BlockKind.With } or Tag.OpenScope) binder.Leave();
    }

    void Flush()
    {
        if (literal.Length == 0) return;
        nodes.Add(new Node.Chunk(place, literal.ToString()));
        literal.Clear();
    }

    /// <summary>A block whose end has not come yet.</summary>
    sealed class Block(Tag tag, List<Node> outer)
    {
        public Tag Tag => tag;

        public List<Node> Outer => outer;

        public List<Expression> Conditions { get; } = tag is Tag.Open open ? [open.Subject] : [];

        public List<Node[]> Bodies { get; } = [];

        public bool HasElse { get; set; }

        public bool IsInElse { get; set; }

        Node[] Otherwise => Bodies.Count > Conditions.Count ? Bodies[Conditions.Count] : [];

        public Node ToNode() => tag switch
        {
            Tag.Open { Kind: BlockKind.Each } each => new Node.Loop(each.At, each.Subject, Bodies[0], Otherwise),
            Tag.Open { Kind: BlockKind.With } with => new Node.Enter(with.At, with.Subject, Bodies[0], Otherwise),
            Tag.Open choice => new Node.Choose(choice.At, Branches(choice.Kind == BlockKind.Unless), Otherwise),
            Tag.OpenScope scope => new Node.Scope(scope.At, scope.Context, scope.Parameters, Bodies[0]),
            _ => new Node.Group(tag.At, Bodies[0]),
        };

        Branch[] Branches(bool isNegated) =>
            [.. Conditions.Select((condition, i) => new Branch(condition, isNegated && i == 0, i < Bodies.Count ? Bodies[i] : []))];
    }
}
