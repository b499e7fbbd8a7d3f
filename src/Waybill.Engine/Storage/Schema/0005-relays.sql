-- Relays beside the default one, which the settings name. A row is never deleted, so that the sum of all versions grows with every change
-- and tells other nodes of it.
CREATE TABLE relays (
-- only postgres
    id            uuid        NOT NULL PRIMARY KEY,
    tenant_id     uuid        NOT NULL,       -- whose it is; the nil UUID: the instance's, for every tenant to use
    name          text        NOT NULL,
    kind          text        NOT NULL CHECK (kind IN ('smtp', 'resend')),
    settings      text        NOT NULL,       -- JSON, without credentials
    secret        bytea,                  -- password or API key, sealed with the master key; erased when the relay is removed
-- only sqlite
    id            BLOB    NOT NULL PRIMARY KEY,
    tenant_id     BLOB    NOT NULL,       -- whose it is; 16 zero bytes: the instance's, for every tenant to use
    name          TEXT    NOT NULL,
    kind          TEXT    NOT NULL CHECK (kind IN ('smtp', 'resend')),
    settings      TEXT    NOT NULL,       -- JSON, without credentials
    secret        BLOB,                   -- password or API key, sealed with the master key; erased when the relay is removed
-- both
    secret_set_at {instant},
-- only postgres
    version       bigint      NOT NULL,
-- only sqlite
    version       INTEGER NOT NULL,
-- both
    created_at    {instant} NOT NULL,
    updated_at    {instant} NOT NULL,
    removed_at    {instant}
){by_key};
CREATE UNIQUE INDEX relays_by_name ON relays (tenant_id, name) WHERE removed_at IS NULL;
