using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Rackets;

namespace Waybill.RacketBook.Importing;

/// <summary>A plan while its sheets are read.</summary>
sealed class ImportDraft(DateOnly today, bool countsFrom1904)
{
    readonly List<ImportedClient> clients = [];
    readonly List<ImportedRacket> rackets = [];
    readonly List<ImportedString> strings = [];
    readonly List<ImportedOrder> orders = [];
    readonly List<RejectedRow> rejected = [];
    readonly List<string> ignored = [];
    readonly Dictionary<string, int> alike = [];
    readonly HashSet<string> ids = [];
    readonly HashSet<string> numbers = [];
    int rows;

    internal void Ignore(string sheet) => ignored.Add(sheet);

    internal void Take(string sheet, SheetKind kind, IEnumerable<SheetRow> ofSheet)
    {
        SheetTitles? titles = null;
        foreach (var row in ofSheet)
        {
            if (++rows > ImportLimits.MostRows) throw new UnreadableWorkbookException("import.rows", ImportLimits.MostRows);
            if (titles is not null) Take(kind, new TitledRow(titles, row, countsFrom1904));
            else if (!Begin(titles = new(sheet, kind, row))) return;
        }
    }

    internal ImportPlan ToPlan() =>
        new() { Clients = clients, Rackets = rackets, Strings = strings, Orders = orders, Rejected = rejected, Ignored = ignored };

    bool Begin(SheetTitles titles)
    {
        ignored.AddRange(titles.Unknown);
        var missing = titles.Missing().ToList();
        rejected.AddRange(missing);
        return missing.Count == 0;
    }

    void Take(SheetKind kind, TitledRow row)
    {
        var key = Key(kind, row);
        Action take = kind switch
        {
            SheetKind.Clients => Client(row, key),
            SheetKind.Rackets => Racket(row, key),
            SheetKind.Strings => String(row, key),
            _ => Order(row, key, isSelf: kind == SheetKind.SelfOrders),
        };
        var faults = row.Rejections().ToList();
        if (faults.Count == 0) take();
        else rejected.AddRange(faults);
    }

    /// <summary>Its id, where it has one; what it says, where not, and which of several that say the same it is.</summary>
    string Key(SheetKind kind, TitledRow row)
    {
        if (row["id"] is { } id)
        {
            if (!ids.Add($"{kind} {id}")) row.Wrong(new("id", "import.twice", id));
            return $"{kind} {id}";
        }

        var content = $"{kind} {row.Content}";
        alike[content] = alike.GetValueOrDefault(content) + 1;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{content} {alike[content]}");
    }

    Action Client(TitledRow row, string key)
    {
        var client = ClientReader.ReadNew(row.Fields) with { IsSelf = row.Fields.Flag("self") ?? false };
        return () => clients.Add(new(row.At, key, client));
    }

    Action Racket(TitledRow row, string key)
    {
        var racket = CatalogueReader.ReadNewRacket(row.Fields) with { IsImported = true };
        return () => rackets.Add(new(row.At, key, racket));
    }

    Action String(TitledRow row, string key)
    {
        var one = CatalogueReader.ReadNewString(row.Fields) with { IsImported = true };
        return () => strings.Add(new(row.At, key, one));
    }

    Action Order(TitledRow row, string key, bool isSelf)
    {
        var order = OrderRow.Read(row, key, isSelf, today);
        if (order.Order.ReceiptNumber is { } number && !numbers.Add(number))
            row.Wrong(new BookFault("receipt_number", "import.receipt-twice", number));
        return () => orders.Add(order);
    }
}
