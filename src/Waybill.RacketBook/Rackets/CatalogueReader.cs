
namespace Waybill.RacketBook.Rackets;

/// <summary>Reads what is asked of a racket or a string.</summary>
public static class CatalogueReader
{
    const int LongestWord = 100;

    /// <summary>A whole racket: it has a model.</summary>
    public static Racket ReadNewRacket(Fields fields)
    {
        Need(fields, "model");
        return ReadRacket(fields)(new Racket { Id = default, CreatedBy = default, Model = "" });
    }

    /// <summary>What becomes of a racket: fields that were not sent stay as they are. Shared it becomes by a proposal alone.</summary>
    public static Func<Racket, Racket> ReadRacket(Fields fields)
    {
        var (maker, model) = (fields.Line("maker", LongestWord), fields.Line("model", LongestWord));
        var (size, pattern, serial) = (fields.Number("head_size", 40, 200), fields.Line("pattern", 20), fields.Line("serial", LongestWord));
        var visibility = Visibilities.Find(fields.Choice("visibility", Visibility.Private.Word(), Visibility.OneOff.Word()));
        var owner = fields.Id("owner_client_id");
        return racket => racket with
        {
            Maker = fields.Has("maker") ? maker : racket.Maker,
            Model = model ?? racket.Model,
            HeadSize = fields.Has("head_size") ? size : racket.HeadSize,
            Pattern = fields.Has("pattern") ? pattern : racket.Pattern,
            Serial = fields.Has("serial") ? serial : racket.Serial,
            Visibility = visibility ?? racket.Visibility,
            OwnerClient = fields.Has("owner_client_id") ? owner : racket.OwnerClient,
        };
    }

    /// <summary>A whole string: it has a model.</summary>
    public static TennisString ReadNewString(Fields fields)
    {
        Need(fields, "model");
        return ReadString(fields)(new TennisString { Id = default, CreatedBy = default, Model = "" });
    }

    /// <summary>What becomes of a string: fields that were not sent stay as they are.</summary>
    public static Func<TennisString, TennisString> ReadString(Fields fields)
    {
        var (maker, model, gauge) = (fields.Line("maker", LongestWord), fields.Line("model", LongestWord), fields.Line("gauge", 20));
        return one => one with
        {
            Maker = fields.Has("maker") ? maker : one.Maker,
            Model = model ?? one.Model,
            Gauge = fields.Has("gauge") ? gauge : one.Gauge,
        };
    }

    static void Need(Fields fields, string name)
    {
        if (fields.Line(name, LongestWord) is null && fields.Faults.All(fault => fault.Field != name)) fields.Wrong(name, "text.needed");
    }
}
