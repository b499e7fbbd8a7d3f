namespace Waybill.RacketBook.Exports;

/// <summary>
/// The statements of an export: <c>$1</c> is the stringer, <c>$2</c> the id after which the page begins, <c>$3</c> how many rows it has.
/// Rows are sought by id alone, so that the last page costs what the first does.
/// </summary>
static class ExportSql
{
    /// <summary>The first column of what an order refers to.</summary>
    internal const int Client = 27, Racket = 38, Main = 47, Cross = 53;

    const string ClientColumns = "c.id, c.person_id, p.first_name, p.last_name, p.email, p.locale, c.nickname, c.internal_notes, c.tension_memo, c.is_self, c.removed_at";
    const string RacketColumns = "r.id, r.stringer_id, r.visibility, r.owner_client_id, r.maker, r.model, r.head_size, r.pattern, r.serial";

    internal const string Orders =
        $"""
        SELECT o.id,
               o.main_string_id, o.main_maker, o.main_model, o.main_gauge, o.main_tension, o.main_price, o.main_byo, o.main_colour,
               o.cross_string_id, o.cross_maker, o.cross_model, o.cross_gauge, o.cross_tension, o.cross_price, o.cross_byo, o.cross_colour,
               o.method, o.labour, o.dynamic_tension, o.comment, o.ordered_at, o.strung_at, o.returned_at, o.paid_at, o.receipt_number, o.created_at,
               {ClientColumns},
               {RacketColumns},
               m.id, m.stringer_id, m.visibility, m.maker, m.model, m.gauge,
               x.id, x.stringer_id, x.visibility, x.maker, x.model, x.gauge
        FROM racketbook_orders o
        JOIN racketbook_clients c ON c.id = o.client_id AND c.stringer_id = o.stringer_id
        JOIN racketbook_persons p ON p.id = c.person_id
        JOIN racketbook_rackets r ON r.id = o.racket_id AND (r.stringer_id = o.stringer_id OR r.visibility = 'catalogue_shared')
        LEFT JOIN racketbook_strings m ON m.id = o.main_string_id AND (m.stringer_id = o.stringer_id OR m.visibility = 'catalogue_shared')
        LEFT JOIN racketbook_strings x ON x.id = o.cross_string_id AND (x.stringer_id = o.stringer_id OR x.visibility = 'catalogue_shared')
        WHERE o.stringer_id = $1 AND o.id > $2 ORDER BY o.id LIMIT $3
        """;

    internal const string Clients =
        $"""
        SELECT {ClientColumns} FROM racketbook_clients c JOIN racketbook_persons p ON p.id = c.person_id
        WHERE c.stringer_id = $1 AND c.id > $2 ORDER BY c.id LIMIT $3
        """;

    internal const string Rackets =
        $"""
        SELECT {RacketColumns} FROM racketbook_rackets r
        WHERE (r.stringer_id = $1 OR r.visibility = 'catalogue_shared') AND r.removed_at IS NULL AND r.id > $2 ORDER BY r.id LIMIT $3
        """;

    internal const string Strings =
        """
        SELECT s.id, s.stringer_id, s.visibility, s.maker, s.model, s.gauge FROM racketbook_strings s
        WHERE (s.stringer_id = $1 OR s.visibility = 'catalogue_shared') AND s.removed_at IS NULL AND s.id > $2 ORDER BY s.id LIMIT $3
        """;
}
