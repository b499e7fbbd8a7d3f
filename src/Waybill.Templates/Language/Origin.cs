namespace Waybill.Templates.Language;

/// <summary>Where a value comes from, as far as that can be told before there is data.</summary>
/// <param name="Place">The place in the data that it is; null: a helper made it, or it is no data.</param>
/// <param name="Sources">The places that it may be made of; <see cref="Place"/> alone where there is one.</param>
internal sealed record Origin(string? Place, IReadOnlyList<string> Sources)
{
    /// <summary>Of what stands in the template itself.</summary>
    public static Origin Template { get; } = new(null, []);

    public static Origin Data(string place) => new(place, [place]);

    /// <summary>Made by a helper.</summary>
    public static Origin Made(IEnumerable<Origin> from) =>
        new(null, [.. from.SelectMany(one => one.Sources).Distinct(StringComparer.Ordinal)]);

    /// <summary>What a loop over it finds, or an index into it.</summary>
    public Origin Item() => Each(source => source + "[]");

    public Origin Property(string name) => Each(source => source.Length == 0 ? name : $"{source}.{name}");

    Origin Each(Func<string, string> step) => new(Place is null ? null : step(Place), [.. Sources.Select(step)]);
}
