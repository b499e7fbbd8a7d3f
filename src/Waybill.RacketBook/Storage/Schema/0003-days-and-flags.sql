-- Days and flags get PostgreSQL's own types; SQLite has none, and keeps yyyy-MM-dd, and 0 or 1.
-- only postgres
DROP INDEX racketbook_clients_self;
ALTER TABLE racketbook_stringers ALTER COLUMN is_demo TYPE boolean USING is_demo <> 0;
ALTER TABLE racketbook_clients ALTER COLUMN is_self TYPE boolean USING is_self <> 0;
ALTER TABLE racketbook_orders
    ALTER COLUMN main_byo TYPE boolean USING main_byo <> 0,
    ALTER COLUMN cross_byo TYPE boolean USING cross_byo <> 0,
    ALTER COLUMN ordered_at TYPE date USING ordered_at::date,
    ALTER COLUMN strung_at TYPE date USING strung_at::date,
    ALTER COLUMN returned_at TYPE date USING returned_at::date,
    ALTER COLUMN paid_at TYPE date USING paid_at::date;
CREATE UNIQUE INDEX racketbook_clients_self ON racketbook_clients (stringer_id) WHERE is_self;
CREATE OR REPLACE FUNCTION racketbook_goes_with_a_demo_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM racketbook_stringers WHERE id = OLD.stringer_id AND is_demo) THEN RAISE EXCEPTION '% is only appended to', TG_TABLE_NAME; END IF;
  RETURN OLD;
END $$;
-- both
