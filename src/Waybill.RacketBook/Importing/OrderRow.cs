using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;

namespace Waybill.RacketBook.Importing;

/// <summary>A row of a sheet of orders.</summary>
static class OrderRow
{
    const int LongestNumber = 30;

    /// <summary>Reads it; what is wrong is remembered by the row.</summary>
    internal static ImportedOrder Read(TitledRow row, string key, bool isSelf, DateOnly today)
    {
        isSelf |= string.Equals(row["client_type"], "self", StringComparison.OrdinalIgnoreCase);
        var order = OrderReader.ReadChange(row.Fields)(new Order { Id = default, Stringer = default, Client = default, Racket = default });
        var client = isSelf ? null : ReadClient(row);
        var days = ReadDays(row, today);
        if (!isSelf && days == new Milestones() && !HasOddDay(row)) row.Wrong(new("", "import.no-day"));
        return new(
            row.At, key, order with { Days = days, ReceiptNumber = row.Fields.Line("receipt_number", LongestNumber) }, client,
            ReadRacket(row));
    }

    static Client? ReadClient(TitledRow row)
    {
        if (row["last_name"] is null && row["first_name"] is null)
        {
            row.Wrong(new("last_name", "text.needed"));
            return null;
        }

        return ClientReader.ReadNew(row.Fields);
    }

    /// <summary>Where only the instance is named, as in V1's own jobs, it is the name too.</summary>
    static Racket ReadRacket(TitledRow row)
    {
        if (row["model"] is null && row["serial"] is null) row.Wrong(new("model", "text.needed"));
        return CatalogueReader.ReadRacket(row.Fields)(
            new Racket { Id = default, CreatedBy = default, Model = row["serial"] ?? "", IsImported = true });
    }

    /// <summary>The days as given, as long as they follow each other and have come.</summary>
    static Milestones ReadDays(TitledRow row, DateOnly today)
    {
        var days = new Milestones();
        var acts = OrderReader.ReadDays(row.Fields);
        if (HasOddDay(row)) return days; // what follows from a day that is none is not worth saying
        foreach (var act in acts.OfType<OrderAct.SetDay>())
        {
            if (Lifecycle.Set(days, act.Milestone, act.Day, today) is DayChange.Refused(var fault)) row.Wrong(fault);
            else days = days.With(act.Milestone, act.Day);
        }

        return days;
    }

    static bool HasOddDay(TitledRow row) => row.Rejections().Any(one => one.Fault.Field.EndsWith("_at", StringComparison.Ordinal));
}
