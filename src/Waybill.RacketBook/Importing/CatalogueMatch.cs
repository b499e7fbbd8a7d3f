using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;

namespace Waybill.RacketBook.Importing;

/// <summary>Finds the rackets and strings that rows name by their words.</summary>
sealed class CatalogueMatch
{
    readonly Dictionary<string, List<Racket>> rackets = [];
    readonly Dictionary<string, List<Racket>> bySerial = [];
    readonly Dictionary<string, List<TennisString>> strings = [];

    internal CatalogueMatch(IEnumerable<Racket> rackets, IEnumerable<TennisString> strings)
    {
        foreach (var racket in rackets) Add(racket);
        foreach (var one in strings) Add(one);
    }

    internal void Add(Racket racket)
    {
        Add(rackets, racket.Facts().Name, racket);
        if (racket.Serial is { } serial) Add(bySerial, serial, racket);
    }

    internal void Add(TennisString one) => Add(strings, one.Name, one);

    /// <summary>The racket that says the same, word for word.</summary>
    internal Racket? FindSame(Racket wanted) => Named(rackets, wanted.Facts().Name)
        .Find(known => Same(known.Pattern, wanted.Pattern) && Same(known.Serial, wanted.Serial) && known.HeadSize == wanted.HeadSize);

    /// <summary>The racket that an order means: what it does not say may be anything.</summary>
    internal Racket? FindMeant(Racket wanted)
    {
        if (wanted.Serial is { } serial && Named(bySerial, serial).Find(known => IsMeant(known, wanted)) is { } instance) return instance;
        return Named(rackets, wanted.Facts().Name).Find(known =>
            (wanted.Pattern is null || Same(known.Pattern, wanted.Pattern))
                && (wanted.HeadSize is null || known.HeadSize == wanted.HeadSize)
            && (wanted.Serial is null || known.Serial is null));
    }

    /// <summary>Which of several it is says a serial only beside its model; some wrote it in the model's place.</summary>
    static bool IsMeant(Racket known, Racket wanted) =>
        Same(wanted.Model, wanted.Serial) || Same(known.Facts().Name, wanted.Facts().Name) || Same(known.Model, wanted.Model);

    /// <summary>The string that says the same, word for word.</summary>
    internal TennisString? FindSame(TennisString wanted) => Named(strings, wanted.Name).Find(known => Same(known.Gauge, wanted.Gauge));

    /// <summary>One side with the string of the catalogue that its words mean; its words stay where there is none.</summary>
    internal OrderSide Match(OrderSide side)
    {
        if (side.Model is null || Named(strings, $"{side.Maker} {side.Model}".Trim()) is not [var first, ..] alike) return side;
        if (alike.Find(one => Same(one.Gauge, side.Gauge)) is { } same)
            return side with { String = same.Id, Maker = null, Model = null, Gauge = null };
        return side.Gauge is null ? side : side with { String = first.Id, Maker = null, Model = null };
    }

    static void Add<T>(Dictionary<string, List<T>> lists, string name, T one)
    {
        if (!lists.TryGetValue(Plain(name), out var list)) lists.Add(Plain(name), list = []);
        list.Add(one);
    }

    static List<T> Named<T>(Dictionary<string, List<T>> lists, string name) => lists.GetValueOrDefault(Plain(name)) ?? [];

    static bool Same(string? one, string? other) => string.Equals(one ?? "", other ?? "", StringComparison.OrdinalIgnoreCase);

    static string Plain(string name) => name.ToLowerInvariant();
}
