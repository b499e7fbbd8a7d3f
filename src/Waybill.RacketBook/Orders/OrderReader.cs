
namespace Waybill.RacketBook.Orders;

/// <summary>Reads what is asked of an order.</summary>
public static class OrderReader
{
    /// <summary>The only currency of a receipt.</summary>
    public const string Currency = "CHF";

    /// <summary>More than anybody pays for stringing a racket.</summary>
    public const decimal MostMoney = 10_000;

    /// <summary>The longest comment that the paper has room for.</summary>
    public const int LongestComment = 500;

    const int LongestWord = 100;

    /// <summary>The boxes of an order's form.</summary>
    public static IReadOnlyList<string> Boxes { get; } = ["main_byo", "cross_byo"];

    /// <summary>A whole order: it names a client and a racket.</summary>
    public static Order ReadNew(Fields fields)
    {
        if (fields.Id("client_id") is null && !fields.Faults.Any(fault => fault.Field == "client_id"))
            fields.Wrong("client_id", "text.needed");
        if (fields.Id("racket_id") is null && !fields.Faults.Any(fault => fault.Field == "racket_id"))
            fields.Wrong("racket_id", "text.needed");
        return ReadChange(fields)(new Order { Id = default, Stringer = default, Client = default, Racket = default });
    }

    /// <summary>What becomes of an order: fields that were not sent stay as they are.</summary>
    public static Func<Order, Order> ReadChange(Fields fields)
    {
        if (fields.Choice("currency", Currency) is null && fields.Has("currency") && fields.Faults.All(fault => fault.Field != "currency"))
            fields.Wrong("currency", "text.needed");
        var (main, cross) = (Side(fields, "main"), Side(fields, "cross"));
        var (client, racket) = (fields.Id("client_id"), fields.Id("racket_id"));
        var (labour, tension) = (fields.Number("labour", 0, MostMoney), fields.Number("dynamic_tension", 0, 100));
        var (method, comment) = (fields.Line("method", LongestWord), fields.Text("comment", LongestComment));
        return order => order with
        {
            Client = client ?? order.Client,
            Racket = racket ?? order.Racket,
            Main = main(order.Main),
            Cross = cross(order.Cross),
            Labour = fields.Has("labour") ? labour : order.Labour,
            DynamicTension = fields.Has("dynamic_tension") ? tension : order.DynamicTension,
            Method = fields.Has("method") ? method : order.Method,
            Comment = fields.Has("comment") ? comment : order.Comment,
        };
    }

    /// <summary>The days that were sent; an empty one is taken back, the latest first, for nothing may stand on what goes.</summary>
    public static IReadOnlyList<OrderAct> ReadDays(Fields fields)
    {
        var sent = Enum.GetValues<Milestone>().Where(milestone => fields.Has(milestone.Field()))
            .Select(milestone => (Milestone: milestone, Day: fields.Day(milestone.Field()))).ToList();
        return
        [
            .. sent.Where(one => one.Day is null).Reverse().Select(one => new OrderAct.ClearDay(one.Milestone)),
            .. sent.Where(one => one.Day is not null).Select(one => new OrderAct.SetDay(one.Milestone, one.Day!.Value)),
        ];
    }

    static Func<OrderSide, OrderSide> Side(Fields fields, string name)
    {
        string At(string field) => $"{name}_{field}";
        var known = fields.Id(At("string_id"));
        var (maker, model) = (fields.Line(At("maker"), LongestWord), fields.Line(At("model"), LongestWord));
        var (gauge, colour) = (fields.Line(At("gauge"), 20), fields.Line(At("colour"), LongestWord));
        var (tension, price) = (fields.Number(At("tension"), 1, 50), fields.Number(At("price"), 0, MostMoney));
        var isClients = fields.Flag(At("byo"));
        return side => side with
        {
            String = fields.Has(At("string_id")) ? known : side.String,
            Maker = fields.Has(At("maker")) ? maker : side.Maker,
            Model = fields.Has(At("model")) ? model : side.Model,
            Gauge = fields.Has(At("gauge")) ? gauge : side.Gauge,
            Tension = fields.Has(At("tension")) ? tension : side.Tension,
            Price = fields.Has(At("price")) ? price : side.Price,
            IsClients = isClients ?? side.IsClients,
            Colour = fields.Has(At("colour")) ? colour : side.Colour,
        };
    }
}
