-- A stringer is a tenant of the engine: the id is the tenant's.
CREATE TABLE racketbook_stringers (
    id             BLOB      NOT NULL PRIMARY KEY,
    email          TEXT     NOT NULL,           -- as it was typed
    email_key      TEXT     NOT NULL UNIQUE,    -- as it is compared
    role           TEXT     NOT NULL CHECK (role IN ('stringer', 'admin')),
    status         TEXT     NOT NULL CHECK (status IN ('invited', 'active', 'disabled')),
    locale         TEXT     NOT NULL CHECK (locale IN ('en', 'de')),
    display_name   TEXT     NOT NULL,
    address        TEXT,
    phone          TEXT,
    web            TEXT,
    business_email TEXT,
    labour         INTEGER     NOT NULL,           -- what the work costs unless an order says otherwise, in Rappen
    logo           BLOB   ,                      -- names the blob of kind "logos": PNG or JPEG
    is_demo        INTEGER     NOT NULL,
    version        INTEGER     NOT NULL,
    created_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A human. Nobody has proved that an address is theirs yet, so each client is a person of their own.
CREATE TABLE racketbook_persons (
    id                BLOB      NOT NULL PRIMARY KEY,
    email             TEXT,
    email_key         TEXT,
    email_verified_at INTEGER,
    first_name        TEXT     NOT NULL,
    last_name         TEXT     NOT NULL,
    locale            TEXT     CHECK (locale IN ('en', 'de')),
    created_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX racketbook_persons_verified ON racketbook_persons (email_key) WHERE email_verified_at IS NOT NULL;

-- One stringer's view of a person.
CREATE TABLE racketbook_clients (
    id             BLOB      NOT NULL PRIMARY KEY,
    stringer_id    BLOB      NOT NULL,
    person_id      BLOB      NOT NULL,
    nickname       TEXT,
    internal_notes TEXT,
    tension_memo   TEXT,
    sought         TEXT     NOT NULL,           -- names and address in lower case, to find the client by
    is_self        INTEGER     NOT NULL,           -- the stringer's own rackets
    version        INTEGER     NOT NULL,
    created_at     INTEGER NOT NULL,
    removed_at     INTEGER,
    UNIQUE (stringer_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX racketbook_clients_self ON racketbook_clients (stringer_id) WHERE is_self = 1;

CREATE TABLE racketbook_rackets (
    id              BLOB      NOT NULL PRIMARY KEY,
    stringer_id     BLOB      NOT NULL,          -- who wrote it down
    visibility      TEXT     NOT NULL CHECK (visibility IN ('catalogue_private', 'catalogue_shared', 'one_off')),
    owner_client_id BLOB,
    maker           TEXT,
    model           TEXT     NOT NULL,
    head_size       INTEGER,                       -- hundredths of a square inch
    pattern         TEXT,
    serial          TEXT,
    source          TEXT     NOT NULL CHECK (source IN ('manual', 'imported')),
    version         INTEGER     NOT NULL,
    created_at      INTEGER NOT NULL,
    removed_at      INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX racketbook_rackets_by_stringer ON racketbook_rackets (stringer_id, id);
CREATE INDEX racketbook_rackets_shared ON racketbook_rackets (id) WHERE visibility = 'catalogue_shared';

CREATE TABLE racketbook_strings (
    id          BLOB      NOT NULL PRIMARY KEY,
    stringer_id BLOB      NOT NULL,
    visibility  TEXT     NOT NULL CHECK (visibility IN ('catalogue_private', 'catalogue_shared')),
    maker       TEXT,
    model       TEXT     NOT NULL,
    gauge       TEXT,
    source      TEXT     NOT NULL CHECK (source IN ('manual', 'imported')),
    version     INTEGER     NOT NULL,
    created_at  INTEGER NOT NULL,
    removed_at  INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX racketbook_strings_by_stringer ON racketbook_strings (stringer_id, id);
CREATE INDEX racketbook_strings_shared ON racketbook_strings (id) WHERE visibility = 'catalogue_shared';

-- Days are yyyy-MM-dd; money is Rappen, tension hundredths of a kg. How an order stands follows from its days and is not kept.
CREATE TABLE racketbook_orders (
    id              BLOB      NOT NULL PRIMARY KEY,
    stringer_id     BLOB      NOT NULL,
    client_id       BLOB      NOT NULL,
    racket_id       BLOB      NOT NULL,
    main_string_id  BLOB,
    main_maker      TEXT,
    main_model      TEXT,
    main_gauge      TEXT,
    main_tension    INTEGER,
    main_price      INTEGER,
    main_byo        INTEGER     NOT NULL,
    main_colour     TEXT,
    cross_string_id BLOB,
    cross_maker     TEXT,
    cross_model     TEXT,
    cross_gauge     TEXT,
    cross_tension   INTEGER,
    cross_price     INTEGER,
    cross_byo       INTEGER     NOT NULL,
    cross_colour    TEXT,
    method          TEXT,
    labour          INTEGER,
    dynamic_tension INTEGER,
    comment         TEXT,
    ordered_at      TEXT,
    strung_at       TEXT,
    returned_at     TEXT,
    paid_at         TEXT,
    receipt_number  TEXT,
    version         INTEGER     NOT NULL,
    created_at      INTEGER NOT NULL,
    UNIQUE (stringer_id, receipt_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX racketbook_orders_by_stringer ON racketbook_orders (stringer_id, id);
CREATE INDEX racketbook_orders_by_client ON racketbook_orders (client_id, id);
CREATE INDEX racketbook_orders_by_racket ON racketbook_orders (racket_id);
CREATE INDEX racketbook_orders_open ON racketbook_orders (stringer_id, id) WHERE strung_at IS NULL OR returned_at IS NULL OR paid_at IS NULL;

-- Appended to and never changed.
CREATE TABLE racketbook_state_audit (
    id                BLOB      NOT NULL PRIMARY KEY,
    order_id          BLOB      NOT NULL,
    stringer_id       BLOB      NOT NULL,
    transition        TEXT     NOT NULL,
    field             TEXT     NOT NULL,
    old_value         TEXT,
    new_value         TEXT,
    actor_id          BLOB      NOT NULL,
    actor_kind        TEXT     NOT NULL CHECK (actor_kind IN ('stringer', 'admin')),
    actor             TEXT     NOT NULL,        -- as they were called then
    request_id        TEXT     NOT NULL,
    at                INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX racketbook_state_audit_by_order ON racketbook_state_audit (order_id, id);

CREATE TABLE racketbook_receipt_counters (
    stringer_id BLOB  NOT NULL,
    year        INTEGER NOT NULL,
    last_n      INTEGER NOT NULL,
    PRIMARY KEY (stringer_id, year)
) STRICT, WITHOUT ROWID;

-- Emits whose message has not come to its end: their row in the log is still to be appended.
CREATE TABLE racketbook_open_emits (
    id                       BLOB      NOT NULL PRIMARY KEY,
    order_id                 BLOB      NOT NULL,
    stringer_id              BLOB      NOT NULL,
    client_id                BLOB      NOT NULL,            -- whose it was then: an order may go to another client
    person_id                BLOB      NOT NULL,
    emit_at                  INTEGER NOT NULL,
    kind                     TEXT     NOT NULL,
    triggered_by_stringer_id BLOB      NOT NULL,
    actor_kind               TEXT     NOT NULL,
    email_to                 TEXT,
    receipt_number           TEXT     NOT NULL,
    locale                   TEXT     NOT NULL,
    snapshot                 TEXT     NOT NULL,
    message_id               BLOB      NOT NULL,
    request_id               TEXT     NOT NULL
) STRICT, WITHOUT ROWID;

-- Appended to and never changed.
CREATE TABLE racketbook_receipt_emit_log (
    id                       BLOB      NOT NULL PRIMARY KEY,
    order_id                 BLOB      NOT NULL,
    stringer_id              BLOB      NOT NULL,
    client_id                BLOB      NOT NULL,            -- whose it was then: an order may go to another client
    emit_at                  INTEGER NOT NULL,
    kind                     TEXT     NOT NULL CHECK (kind IN ('initial', 'auto_re_emit', 'manual_re_emit', 'admin_re_emit')),
    triggered_by_stringer_id BLOB      NOT NULL,
    actor_kind               TEXT     NOT NULL CHECK (actor_kind IN ('stringer', 'admin')),
    email_to                 TEXT,
    delivery_status          TEXT     NOT NULL CHECK (delivery_status IN ('sent', 'failed', 'skipped_no_email')),
    skip_reason              TEXT     CHECK (skip_reason IN ('no_address', 'self_job', 're_emit_not_mailed')),
    error_class              TEXT,
    error_message            TEXT,
    receipt_number           TEXT     NOT NULL,
    locale                   TEXT     NOT NULL,
    snapshot                 TEXT     NOT NULL,  -- the ids and the printed text, as JSON
    message_id               BLOB      NOT NULL,
    smtp_message_id          TEXT,
    CHECK ((skip_reason IS NOT NULL) = (delivery_status = 'skipped_no_email')),
    CHECK ((error_class IS NOT NULL) = (delivery_status = 'failed')),
    CHECK (delivery_status <> 'skipped_no_email' OR email_to IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX racketbook_receipt_emit_log_by_order ON racketbook_receipt_emit_log (order_id, emit_at, id);
CREATE INDEX racketbook_receipt_emit_log_by_client ON racketbook_receipt_emit_log (stringer_id, client_id);

CREATE TABLE racketbook_submissions (
    id             BLOB      NOT NULL PRIMARY KEY,
    kind           TEXT     NOT NULL CHECK (kind IN ('racket', 'string')),
    row_id         BLOB      NOT NULL,
    stringer_id    BLOB      NOT NULL,           -- who proposes it
    label          TEXT     NOT NULL,
    status         TEXT     NOT NULL CHECK (status IN ('pending', 'promoted', 'rejected')),
    reviewed_by    TEXT,
    reviewed_at    INTEGER,
    notes          TEXT,
    created_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX racketbook_submissions_open ON racketbook_submissions (row_id) WHERE status = 'pending';
CREATE INDEX racketbook_submissions_by_stringer ON racketbook_submissions (stringer_id, id);

CREATE TABLE racketbook_notices (
    id          BLOB      NOT NULL PRIMARY KEY,
    stringer_id BLOB      NOT NULL,              -- who is told
    kind        TEXT     NOT NULL,
    subject_id  BLOB      NOT NULL,
    payload     TEXT     NOT NULL,              -- what it is called
    read_at     INTEGER,
    created_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX racketbook_notices_by_stringer ON racketbook_notices (stringer_id, id);

CREATE TRIGGER racketbook_emit_log_stays BEFORE UPDATE ON racketbook_receipt_emit_log BEGIN SELECT RAISE(ABORT, 'the emit log is only appended to'); END;
CREATE TRIGGER racketbook_state_audit_stays BEFORE UPDATE ON racketbook_state_audit BEGIN SELECT RAISE(ABORT, 'the audit of states is only appended to'); END;
-- Only a book for show goes, with all that was done in it.
CREATE TRIGGER racketbook_emit_log_is_kept BEFORE DELETE ON racketbook_receipt_emit_log
WHEN NOT EXISTS (SELECT 1 FROM racketbook_stringers WHERE id = OLD.stringer_id AND is_demo = 1) BEGIN SELECT RAISE(ABORT, 'the emit log is only appended to'); END;
CREATE TRIGGER racketbook_state_audit_is_kept BEFORE DELETE ON racketbook_state_audit
WHEN NOT EXISTS (SELECT 1 FROM racketbook_stringers WHERE id = OLD.stringer_id AND is_demo = 1) BEGIN SELECT RAISE(ABORT, 'the audit of states is only appended to'); END;
