-- What an operator set for a stream; NULL: the default in code holds.
CREATE TABLE streams (
    name        text NOT NULL PRIMARY KEY,
    attempts    bigint,
    waits       text, -- milliseconds, separated by blanks
    jitter      bigint, -- thousandths
    kept_days   bigint, -- 0: for ever
    unsubscribe bigint CHECK (unsubscribe IN (0, 1)),
    retry_once  bigint CHECK (retry_once IN (0, 1)),
    changed_at  timestamptz NOT NULL
);

-- Addresses that get no more mail of a tenant. An unsubscribed one is named with its stream, every other with the empty one: all streams.
CREATE TABLE suppressions (
    id         uuid NOT NULL PRIMARY KEY,
    tenant_id  uuid NOT NULL,
    address    text NOT NULL, -- canonical: what is compared
    email      text NOT NULL, -- as it was written
    stream     text NOT NULL,
    origin     text NOT NULL CHECK (origin IN ('bounce', 'complaint', 'manual', 'unsubscribe')),
    source_id  uuid, -- the message that brought it about
    created_at timestamptz NOT NULL,
    UNIQUE (address, tenant_id, stream)
);
CREATE INDEX suppressions_by_tenant ON suppressions (tenant_id, id);

-- That retention ran, and what it removed: a row for each stream of a tenant, and one without either for the run as a whole.
CREATE TABLE sweeps (
    id          uuid NOT NULL PRIMARY KEY,
    tenant_id   uuid,
    stream      text,
    kept_since  timestamptz, -- what was accepted before this was removed
    removed     bigint NOT NULL,
    ended_at    timestamptz NOT NULL
);

CREATE INDEX messages_by_stream ON messages (stream, tenant_id, id);
