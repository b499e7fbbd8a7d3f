-- An event is journalled like a message; its data is kept with secret values masked, and sealed beside it until its handlers are done.

CREATE TABLE events (
    id           BLOB    NOT NULL PRIMARY KEY,
    tenant_id    BLOB    NOT NULL,
    source       TEXT    NOT NULL,        -- with event_id what makes it idempotent
    event_id     TEXT    NOT NULL,
    type         TEXT    NOT NULL,
    subject      TEXT,
    happened_at  INTEGER,                 -- the event's own time, when it came with one
    content_type TEXT,
    data_schema  TEXT,
    extensions   TEXT,                    -- JSON object
    data         BLOB    NOT NULL,        -- JSON, packed, secret values masked
    sealed       BLOB,                    -- the data as it came; NULL: nothing in it is secret, or it was erased
    sealed_until INTEGER,
    fingerprint  BLOB    NOT NULL,        -- keyed hash of all that came: tells a repetition from another event under the same id
    accepted_at  INTEGER NOT NULL,
    salt         BLOB    NOT NULL,
    row_hash     BLOB    NOT NULL,        -- SHA-256 over salt and what acceptance fixed
    UNIQUE (tenant_id, source, event_id)
) STRICT;
CREATE INDEX events_by_tenant ON events (tenant_id, id);
CREATE INDEX events_sealed ON events (sealed_until) WHERE sealed_until IS NOT NULL;

-- What applications said about their event types (Resend's /events): a name, and what fields a payload has.
CREATE TABLE event_types (
    id         BLOB    NOT NULL PRIMARY KEY,
    tenant_id  BLOB    NOT NULL,
    name       TEXT    NOT NULL,
    fields     TEXT,                      -- JSON object: field to string, number, boolean or date
    created_at INTEGER NOT NULL,
    updated_at INTEGER,
    UNIQUE (tenant_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE routes (
    id         BLOB    NOT NULL PRIMARY KEY,
    tenant_id  BLOB    NOT NULL,
    event_type TEXT    NOT NULL,
    conditions TEXT    NOT NULL,          -- JSON array of {path, equals}; all must hold
    stream     TEXT    NOT NULL,
    template   TEXT    NOT NULL,
    recipient  TEXT    NOT NULL,          -- {{data.buyer_email}}
    brand      TEXT,                      -- a word, or a path as above
    locale     TEXT,
    enabled    INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX routes_by_tenant ON routes (tenant_id, id);

-- A route that should have caused a message and could not. The event stays accepted.
CREATE TABLE route_faults (
    id        BLOB    NOT NULL PRIMARY KEY,
    tenant_id BLOB    NOT NULL,
    event_id  BLOB    NOT NULL,             -- events.id
    route_id  BLOB    NOT NULL,
    at        INTEGER NOT NULL,
    reason    TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX route_faults_by_event ON route_faults (event_id);

-- What the bus owes: one row for each event and subscription, kept when it was handled. In a lane, one subscription's events about one
-- subject, only the first is queued; the others are behind it.
CREATE TABLE event_deliveries (
    position     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    event_id     BLOB    NOT NULL,          -- events.id
    tenant_id    BLOB    NOT NULL,
    subscription TEXT    NOT NULL,
    lane         BLOB,                      -- NULL: no order to keep, or no longer
    state        TEXT    NOT NULL CHECK (state IN ('behind', 'queued', 'handling', 'handled', 'parked')),
    due_at       INTEGER NOT NULL,
    wait         INTEGER NOT NULL,         -- microseconds that due_at lies after the instant it was set: lets a clock that went back be mended
    attempt      INTEGER NOT NULL,         -- handlings that ended
    lost         INTEGER NOT NULL,         -- handlings whose process died
    token        INTEGER NOT NULL,         -- grows with each claim; every change names the one it was given
    owner        TEXT,
    lease_until  INTEGER,
    settled_at   INTEGER,
    reason       TEXT,                    -- the words of the last failure
    UNIQUE (event_id, subscription)
) STRICT;
CREATE INDEX event_deliveries_due ON event_deliveries (due_at, position) WHERE state = 'queued';
CREATE INDEX event_deliveries_leases ON event_deliveries (lease_until) WHERE state = 'handling';
CREATE INDEX event_deliveries_lanes ON event_deliveries (lane, state, position) WHERE lane IS NOT NULL;
CREATE INDEX event_deliveries_parked ON event_deliveries (tenant_id, position) WHERE state = 'parked';
