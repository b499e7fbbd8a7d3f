-- Relays beside the default one, which the settings name. A row is never deleted, so that the sum of all versions grows with every change
-- and tells other nodes of it.
CREATE TABLE relays (
    id            uuid        NOT NULL PRIMARY KEY,
    tenant_id     uuid        NOT NULL,       -- whose it is; the nil UUID: the instance's, for every tenant to use
    name          text        NOT NULL,
    kind          text        NOT NULL CHECK (kind IN ('smtp', 'resend')),
    settings      text        NOT NULL,       -- JSON, without credentials
    secret        bytea,                  -- password or API key, sealed with the master key; erased when the relay is removed
    secret_set_at timestamptz,
    version       bigint      NOT NULL,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    removed_at    timestamptz
);
CREATE UNIQUE INDEX relays_by_name ON relays (tenant_id, name) WHERE removed_at IS NULL;
