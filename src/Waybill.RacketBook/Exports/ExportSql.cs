namespace Waybill.RacketBook.Exports;

/// <summary>
/// The statements of an export: <c>$1</c> is the stringer, <c>$2</c> the id after which the page begins, <c>$3</c> how many rows it has.
/// Rows are sought by id alone, so that the last page costs what the first does.
/// </summary>
static class ExportSql
{
    internal const string Orders =
        """
        SELECT id, client_id, racket_id,
               main_string_id, main_maker, main_model, main_gauge, main_tension, main_price, main_byo, main_colour,
               cross_string_id, cross_maker, cross_model, cross_gauge, cross_tension, cross_price, cross_byo, cross_colour,
               method, labour, dynamic_tension, comment, ordered_at, strung_at, returned_at, paid_at, receipt_number, created_at
        FROM racketbook_orders WHERE stringer_id = $1 AND id > $2 ORDER BY id LIMIT $3
        """;

    internal const string Clients =
        """
        SELECT c.id, c.person_id, p.first_name, p.last_name, p.email, p.locale, c.nickname, c.internal_notes, c.tension_memo, c.is_self, c.removed_at
        FROM racketbook_clients c JOIN racketbook_persons p ON p.id = c.person_id
        WHERE c.stringer_id = $1 AND c.id > $2 ORDER BY c.id LIMIT $3
        """;

    internal const string Rackets =
        """
        SELECT r.id, r.stringer_id, r.visibility, r.owner_client_id, r.maker, r.model, r.head_size, r.pattern, r.serial FROM racketbook_rackets r
        WHERE (r.stringer_id = $1 OR r.visibility = 'catalogue_shared') AND r.removed_at IS NULL AND r.id > $2 ORDER BY r.id LIMIT $3
        """;

    internal const string Strings =
        """
        SELECT s.id, s.stringer_id, s.visibility, s.maker, s.model, s.gauge FROM racketbook_strings s
        WHERE (s.stringer_id = $1 OR s.visibility = 'catalogue_shared') AND s.removed_at IS NULL AND s.id > $2 ORDER BY s.id LIMIT $3
        """;
}
