using System.Text.Json;
using Waybill.Templates.Render;

namespace Waybill.Templates.Language;

/// <summary>Something that has a value.</summary>
internal abstract record Expression(Place At)
{
    /// <summary>Written out: "text", 12, true.</summary>
    public sealed record Constant(Place At, Value Value) : Expression(At);

    /// <summary>A walk through the data, which begins so many contexts above the current one.</summary>
    public sealed record Path(Place At, int Up, PathSegment[] Segments) : Expression(At)
    {
        /// <summary>What the declaration of the variable says for data that lack it.</summary>
        public JsonElement? Fallback { get; init; }

        public override string ToString() =>
            string.Concat(Enumerable.Repeat("../", Up))
                + (Segments.Length == 0 ? "this" : string.Join('.', Segments.Select(segment => segment.Name)));
    }

    /// <summary>@index, @first, @last, @key of the nearest loop.</summary>
    public sealed record OfLoop(Place At, LoopFact Fact) : Expression(At);

    /// <summary>@brand.name and the like.</summary>
    public sealed record OfMail(Place At, MailFact Fact) : Expression(At);

    /// <summary>date, money or default.</summary>
    public sealed record Call(Place At, Helper Helper, Expression[] Arguments, Named[] Options) : Expression(At);
}

/// <summary>An option of a helper or a parameter of a partial: name=value.</summary>
internal readonly record struct Named(string Name, Expression Value);

/// <summary>What the language can compute.</summary>
internal enum Helper
{
    Date,
    Money,
    Default,
}

/// <summary>What a loop knows about its current item.</summary>
internal enum LoopFact
{
    Index,
    First,
    Last,
    Key,
}
