"""The rows of one stringer's book, read from the SQLite file that the bench made."""
import sqlite3
import uuid

ORDERS = """
SELECT o.id, o.receipt_number, o.ordered_at, o.strung_at, o.returned_at, o.paid_at, o.method, o.labour, o.dynamic_tension, o.comment, o.created_at,
       coalesce(m.maker, o.main_maker) AS main_maker, coalesce(m.model, o.main_model) AS main_model, coalesce(o.main_gauge, m.gauge) AS main_gauge,
       o.main_tension, o.main_price, o.main_byo, o.main_colour,
       coalesce(x.maker, o.cross_maker) AS cross_maker, coalesce(x.model, o.cross_model) AS cross_model, coalesce(o.cross_gauge, x.gauge) AS cross_gauge,
       o.cross_tension, o.cross_price, o.cross_byo, o.cross_colour,
       c.id AS client_id, c.nickname, c.internal_notes, c.tension_memo, c.is_self, c.removed_at,
       p.id AS person_id, p.first_name, p.last_name, p.email, p.locale,
       r.id AS racket_id, r.maker, r.model, r.head_size, r.pattern, r.serial, r.visibility, r.owner_client_id,
       m.id AS main_id, m.maker AS m_maker, m.model AS m_model, m.gauge AS m_gauge, m.visibility AS m_visibility,
       x.id AS cross_id, x.maker AS x_maker, x.model AS x_model, x.gauge AS x_gauge, x.visibility AS x_visibility
FROM racketbook_orders o
JOIN racketbook_clients c ON c.id = o.client_id
JOIN racketbook_persons p ON p.id = c.person_id
JOIN racketbook_rackets r ON r.id = o.racket_id
LEFT JOIN racketbook_strings m ON m.id = o.main_string_id
LEFT JOIN racketbook_strings x ON x.id = o.cross_string_id
WHERE o.stringer_id = ? ORDER BY o.id
"""
CLIENTS = "SELECT c.*, p.first_name, p.last_name, p.email, p.locale FROM racketbook_clients c JOIN racketbook_persons p ON p.id = c.person_id WHERE c.stringer_id = ? ORDER BY c.id"
RACKETS = "SELECT * FROM racketbook_rackets WHERE stringer_id = ? OR visibility = 'catalogue_shared' ORDER BY id"
STRINGS = "SELECT * FROM racketbook_strings WHERE stringer_id = ? OR visibility = 'catalogue_shared' ORDER BY id"


class Book:
    def __init__(self, path):
        self.database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.database.row_factory = sqlite3.Row
        self.stringer = self.database.execute("SELECT * FROM racketbook_stringers").fetchone()

    def rows(self, sql):
        return self.database.execute(sql, (self.stringer["id"],))


def guid(octets):
    return str(uuid.UUID(bytes=octets)) if octets else None


def hundredths(number):
    return None if number is None else number / 100


def sums(row):
    charged = [row[side + "_price"] for side in ("main", "cross") if not row[side + "_byo"] and row[side + "_price"] is not None]
    strings = sum(charged) if charged else None
    total = None if strings is None and row["labour"] is None else (strings or 0) + (row["labour"] or 0)
    return strings, total
