-- What an operator set for a stream; NULL: the default in code holds.
CREATE TABLE streams (
    name        TEXT NOT NULL PRIMARY KEY,
    attempts    INTEGER,
    waits       TEXT, -- milliseconds, separated by blanks
    jitter      INTEGER, -- thousandths
    kept_days   INTEGER, -- 0: for ever
    unsubscribe INTEGER CHECK (unsubscribe IN (0, 1)),
    retry_once  INTEGER CHECK (retry_once IN (0, 1)),
    changed_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Addresses that get no more mail of a tenant. An unsubscribed one is named with its stream, every other with the empty one: all streams.
CREATE TABLE suppressions (
    id         BLOB NOT NULL PRIMARY KEY,
    tenant_id  BLOB NOT NULL,
    address    TEXT NOT NULL, -- canonical: what is compared
    email      TEXT NOT NULL, -- as it was written
    stream     TEXT NOT NULL,
    origin     TEXT NOT NULL CHECK (origin IN ('bounce', 'complaint', 'manual', 'unsubscribe')),
    source_id  BLOB, -- the message that brought it about
    created_at INTEGER NOT NULL,
    UNIQUE (address, tenant_id, stream)
) STRICT, WITHOUT ROWID;
CREATE INDEX suppressions_by_tenant ON suppressions (tenant_id, id);

-- That retention ran, and what it removed: a row for each stream of a tenant, and one without either for the run as a whole.
CREATE TABLE sweeps (
    id          BLOB NOT NULL PRIMARY KEY,
    tenant_id   BLOB,
    stream      TEXT,
    kept_since  INTEGER, -- what was accepted before this was removed
    removed     INTEGER NOT NULL,
    ended_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX messages_by_stream ON messages (stream, tenant_id, id);
