-- Relays beside the default one, which the settings name. A row is never deleted, so that the sum of all versions grows with every change
-- and tells other nodes of it.
CREATE TABLE relays (
    id            BLOB    NOT NULL PRIMARY KEY,
    tenant_id     BLOB    NOT NULL,       -- whose it is; 16 zero bytes: the instance's, for every tenant to use
    name          TEXT    NOT NULL,
    kind          TEXT    NOT NULL CHECK (kind IN ('smtp', 'resend')),
    settings      TEXT    NOT NULL,       -- JSON, without credentials
    secret        BLOB,                   -- password or API key, sealed with the master key; erased when the relay is removed
    secret_set_at INTEGER,
    version       INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    removed_at    INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX relays_by_name ON relays (tenant_id, name) WHERE removed_at IS NULL;
