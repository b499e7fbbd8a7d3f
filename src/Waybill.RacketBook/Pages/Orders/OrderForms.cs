using System.Globalization;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Receipts;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Pages.Orders;

/// <summary>An order as its form shows it, and a form as the reader of orders wants it.</summary>
static class OrderForms
{
    /// <summary>The box "crosses same as mains": then only their tension is asked for.</summary>
    internal const string Same = "cross_same";

    static readonly string[] Alike = ["string_id", "maker", "model", "gauge", "price", "byo", "colour"];

    /// <summary>The form of what is kept.</summary>
    internal static Typed Of(Order order)
    {
        var typed = Sides(order).With("client_id", order.Client.ToString("D")).With("racket_id", order.Racket.ToString("D"));
        return typed.With("labour", Text(order.Labour)).With("method", order.Method).With("dynamic_tension", Text(order.DynamicTension))
            .With("comment", order.Comment).With("version", order.Version.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// The form of the next job: like the last one, of the chosen client if one is chosen; the work costs what it usually does.
    /// </summary>
    internal static Typed Next(Order? last, Stringer stringer, Guid? client)
    {
        var typed = last is null ? Typed.Of((Same, "true")) : Sides(last).With("method", last.Method);
        if (client is { } chosen) typed = typed.With("client_id", chosen.ToString("D")).With("racket_id", last?.Racket.ToString("D"));
        return typed.With("labour", Text(stringer.Labour));
    }

    /// <summary>With the crosses written out where they are like the mains; a string of the catalogue needs no words beside it.</summary>
    internal static Typed Whole(Typed typed)
    {
        foreach (var side in (string[])["main", "cross"])
            if (typed[side + "_string_id"].Length > 0) typed = typed.With(side + "_maker", "").With(side + "_model", "");
        if (!typed.Is(Same)) return typed;
        foreach (var name in Alike) typed = typed.With("cross_" + name, name == "byo" ? Flag(typed.Is("main_byo")) : typed["main_" + name]);
        return typed.HasAny("cross_tension") ? typed : typed.With("cross_tension", typed["main_tension"]);
    }

    /// <summary>With a tension one kilogram up or down, as the button <c>main+1</c> says.</summary>
    internal static Typed Nudged(Typed typed, string nudge)
    {
        var (field, step) = (nudge.StartsWith("cross", StringComparison.Ordinal) ? "cross_tension" : "main_tension",
            nudge.EndsWith("-1", StringComparison.Ordinal) ? -1 : 1);
        return decimal.TryParse(
            typed[field].Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var tension)
                && tension + step > 0
            ? typed.With(field, ReceiptWords.Measure(tension + step))
            : typed;
    }

    /// <summary>What was typed, with the racket and the strings of an earlier job.</summary>
    internal static Typed LikeLast(Typed typed, Order last)
    {
        var sides = Sides(last);
        foreach (var name in Alike.Prepend("tension").SelectMany(name => new[] { "main_" + name, "cross_" + name }).Append(Same))
            typed = typed.With(name, sides[name]);
        return typed.With("method", last.Method).With("racket_id", last.Racket.ToString("D"));
    }

    /// <summary>An order in lines as people read it, to be held against another.</summary>
    /// <param name="order">It.</param>
    /// <param name="choices">What clients, rackets and strings are called.</param>
    /// <param name="label">What a field is called.</param>
    internal static string Lines(Order order, OrderChoices choices, Func<string, string> label)
    {
        var typed = Of(order);
        string[] names = ["client_id", "racket_id",
            .. Alike.Prepend("tension").SelectMany(name => new[] { "main_" + name, "cross_" + name }), "labour", "method",
            "dynamic_tension", "comment"];
        var words = choices.Clients.Concat(choices.Rackets).Concat(choices.Strings).DistinctBy(one => one.Value)
            .ToDictionary(one => one.Value, one => one.Text, StringComparer.Ordinal);
        return string.Join(
            '\n',
            names.Where(name => typed[name] is { Length: > 0 } and not "false")
                .Select(name => $"{label(name)}: {words.GetValueOrDefault(typed[name], typed[name] == "true" ? "✓" : typed[name])}"));
    }

    static Typed Sides(Order order) => Typed.Of(
    [
        .. Side("main", order.Main), .. Side("cross", order.Cross),
        (Same, Flag(order.Main with { Tension = null } == order.Cross with { Tension = null })),
    ]);

    static (string, string?)[] Side(string name, OrderSide side) =>
    [
        (name + "_string_id", side.String?.ToString("D")), (name + "_maker", side.Maker), (name + "_model", side.Model),
        (name + "_gauge", side.Gauge), (name + "_tension", Text(side.Tension)), (name + "_price", Text(side.Price)),
        (name + "_byo", Flag(side.IsClients)), (name + "_colour", side.Colour),
    ];

    static string Flag(bool isSo) => isSo ? "true" : "false";

    static string? Text(decimal? number) => number is { } known ? ReceiptWords.Measure(known) : null;
}
