using System.Globalization;

namespace Waybill.Engine.Routing;

/// <summary>How long the messages of a stream are kept.</summary>
public abstract record Kept
{
    private Kept() { }

    /// <summary>Never removed.</summary>
    public sealed record ForEver : Kept
    {
        /// <inheritdoc/>
        public override string ToString() => "for ever";
    }

    /// <summary>Removed so many days after they were accepted, once nothing is left to do for them.</summary>
    public sealed record For(int Days) : Kept
    {
        /// <inheritdoc/>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Days} days");
    }
}
