namespace Waybill.Templates.Language;

/// <summary>What stands between two pairs of braces.</summary>
internal abstract record Tag(Place At)
{
    /// <summary>{{path}}</summary>
    public sealed record Output(Place At, Expression Value) : Tag(At);

    /// <summary>{{#if path}} and its kin; the number is the same on the tags that belong together.</summary>
    public sealed record Open(Place At, BlockKind Kind, Expression Subject, int Block) : Tag(At);

    /// <summary>{{else}}, {{else if path}}.</summary>
    public sealed record Else(Place At, Expression? Condition, int Block = 0) : Tag(At);

    /// <summary>{{/if}}</summary>
    public sealed record Close(Place At, string Name, int Block = 0) : Tag(At);

    /// <summary>{{&gt; name key=value}}</summary>
    public sealed record Use(Place At, string Name, Expression? Context, Named[] Parameters) : Tag(At);

    /// <summary>{{#&gt; name key=value}}, closed by {{/name}}.</summary>
    public sealed record OpenPart(Place At, string Name, Named[] Parameters, int Block) : Tag(At);

    /// <summary>Where a partial's text begins, once it stands in place of its use.</summary>
    public sealed record OpenScope(Place At, Expression? Context, Named[] Parameters, int Block) : Tag(At);

    /// <summary>The number that is the same on the tags that belong together; 0: it stands alone.</summary>
    public int BlockNumber => this switch
    {
        Open open => open.Block,
        Else other => other.Block,
        Close close => close.Block,
        OpenPart part => part.Block,
        OpenScope scope => scope.Block,
        _ => 0,
    };

    /// <summary>Whether it begins something that a later tag ends.</summary>
    public bool Opens => this is Open or OpenPart or OpenScope;
}

/// <summary>The blocks of the language.</summary>
internal enum BlockKind
{
    If,
    Unless,
    Each,
    With,
}
