namespace Waybill.RacketBook.Importing;

/// <summary>What the rows of a sheet are.</summary>
enum SheetKind
{
    Orders,
    SelfOrders,
    Clients,
    Rackets,
    Strings,
}

/// <summary>
/// The sheets and columns that are known, by the titles of V1's workbook and of the export's. A title is compared by its letters and
/// digits alone.
/// </summary>
static class SheetShape
{
    /// <summary>Columns that follow from others: whatever stands in them, formulas too, is left alone.</summary>
    internal const string Reckoned = "";

    static readonly Dictionary<string, SheetKind> Kinds = new()
    {
        ["orders"] = SheetKind.Orders,
        ["clientorders"] = SheetKind.Orders,
        ["customerorders"] = SheetKind.Orders,
        ["aufträge"] = SheetKind.Orders,
        ["kundenaufträge"] = SheetKind.Orders,
        ["selforders"] = SheetKind.SelfOrders,
        ["ownorders"] = SheetKind.SelfOrders,
        ["self"] = SheetKind.SelfOrders,
        ["eigeneaufträge"] = SheetKind.SelfOrders,
        ["clients"] = SheetKind.Clients,
        ["customers"] = SheetKind.Clients,
        ["kunden"] = SheetKind.Clients,
        ["rackets"] = SheetKind.Rackets,
        ["schläger"] = SheetKind.Rackets,
        ["strings"] = SheetKind.Strings,
        ["saiten"] = SheetKind.Strings,
    };

    static readonly Dictionary<string, string> OfOrders = Fields(
        ("id", "id,orderid,nr,no"), ("receipt_number", "receiptno,receiptnumber,receipt,quittung,quittungnr"),
        ("ordered_at", "ordered,orderdate,orderedat,bestellt"), ("strung_at", "strung,strungdate,strungat,date,bespannt"),
        ("returned_at", "returned,returneddate,returnedat,zurück"), ("paid_at", "paid,paiddate,paidat,bezahlt"),
        ("client_type", "clienttype,kundenart"), ("last_name", "lastname,surname,name,nachname"), ("first_name", "firstname,vorname"),
        ("maker", "racketmaker,racketbrand"), ("model", "racketmodel,racket,schläger"), ("head_size", "headsize,kopfgrösse"),
        ("pattern", "pattern,stringpattern,muster"), ("serial", "racketinstanceid,racketinstance,instanceid,racketid,serial,seriennummer"),
        ("labour", "labour,labor,pricelabour,pricelabor,arbeit"), ("dynamic_tension", "dt,dynamictension,dynamischehärte"),
        ("comment", "comments,comment,bemerkung,bemerkungen"), ("method", "method,methode"),
        (Reckoned, "stringssubtotal,subtotal,total,status,year,month,jahr,monat"));

    static readonly Dictionary<string, string> OfSides = new(
        [.. Side("main", "main", "mains", "längs"), .. Side("cross", "cross", "crosses", "quer")]);

    static readonly Dictionary<string, string> OfClients = Fields(
        ("id", "id"), ("first_name", "firstname,vorname"), ("last_name", "lastname,surname,name,nachname"),
        ("email", "email,emailaddress,mail"), ("nickname", "nickname,spitzname"), ("internal_notes", "internalnotes,notes,notizen"),
        ("tension_memo", "tensionmemo,defaulttensionmemo"), ("self", "self,isself"));

    static readonly Dictionary<string, string> OfRackets = Fields(
        ("id", "id"), ("maker", "maker,manufacturer,brand,marke"), ("model", "model,modell"), ("head_size", "headsize,kopfgrösse"),
        ("pattern", "pattern,stringpattern,muster"), ("serial", "serial,serialno,instanceid,seriennummer"), (Reckoned, "visibility"));

    static readonly Dictionary<string, string> OfStrings = Fields(
        ("id", "id"), ("maker", "maker,manufacturer,brand,marke"), ("model", "model,modell"), ("gauge", "gauge,stärke"),
        (Reckoned, "visibility"));

    /// <summary>What a sheet holds; null: nothing that is known.</summary>
    internal static SheetKind? Kind(string sheet) => Kinds.TryGetValue(Plain(sheet), out var kind) ? kind : null;

    /// <summary>The field that a column fills; <see cref="Reckoned"/>: none, and null: it is not known.</summary>
    internal static string? Field(SheetKind kind, string title)
    {
        var known = kind switch
        {
            SheetKind.Clients => OfClients,
            SheetKind.Rackets => OfRackets,
            SheetKind.Strings => OfStrings,
            _ => OfOrders,
        };
        return known.TryGetValue(Plain(title), out var field) || (known == OfOrders && OfSides.TryGetValue(Plain(title), out field))
            ? field
            : null;
    }

    /// <summary>What the column of a field is called: <c>strung_at</c> is <c>Strung</c>.</summary>
    internal static string Title(string field)
    {
        var words = (IsDay(field) ? field[..^"_at".Length] : field).Replace('_', ' ');
        return words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>Whether a field is one of the days.</summary>
    internal static bool IsDay(string field) => field.EndsWith("_at", StringComparison.Ordinal);

    /// <summary>The titles without which nothing can be made of a sheet: one of each.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> Needed(SheetKind kind) => kind switch
    {
        SheetKind.Orders => [["strung_at", "ordered_at"], ["model", "serial"], ["last_name", "first_name"]],
        SheetKind.SelfOrders => [["strung_at", "ordered_at"], ["model", "serial"]],
        SheetKind.Clients => [["last_name", "first_name"]],
        _ => [["model"]],
    };

    static IEnumerable<KeyValuePair<string, string>> Side(string field, params string[] names) =>
        from name in names
        from column in SideColumns
        from title in column.Titles.Split(',')
        select KeyValuePair.Create(name + title, $"{field}_{column.Field}");

    static IReadOnlyList<(string Field, string Titles)> SideColumns =>
    [
        ("maker", "maker,manufacturer,brand,marke"), ("model", "model,string,modell"), ("gauge", "gauge,stärke"),
        ("tension", "tension,kg,härte"), ("price", "price,preis"), ("byo", "byo"), ("colour", "colour,color,farbe"),
    ];

    static Dictionary<string, string> Fields(params (string Field, string Titles)[] fields) => fields
        .SelectMany(one => one.Titles.Split(',').Select(title => KeyValuePair.Create(title, one.Field)))
        .ToDictionary();

    static string Plain(string title) => string.Concat(title.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
