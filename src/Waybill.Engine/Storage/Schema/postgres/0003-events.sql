-- An event is journalled like a message; its data is kept with secret values masked, and sealed beside it until its handlers are done.

CREATE TABLE events (
    id           uuid    NOT NULL PRIMARY KEY,
    tenant_id    uuid    NOT NULL,
    source       text    NOT NULL,        -- with event_id what makes it idempotent
    event_id     text    NOT NULL,
    type         text    NOT NULL,
    subject      text,
    happened_at  timestamptz,                 -- the event's own time, when it came with one
    content_type text,
    data_schema  text,
    extensions   text,                    -- JSON object
    data         bytea    NOT NULL,        -- JSON, packed, secret values masked
    sealed       bytea,                    -- the data as it came; NULL: nothing in it is secret, or it was erased
    sealed_until timestamptz,
    fingerprint  bytea    NOT NULL,        -- keyed hash of all that came: tells a repetition from another event under the same id
    accepted_at  timestamptz NOT NULL,
    salt         bytea    NOT NULL,
    row_hash     bytea    NOT NULL,        -- SHA-256 over salt and what acceptance fixed
    UNIQUE (tenant_id, source, event_id)
);
CREATE INDEX events_by_tenant ON events (tenant_id, id);
CREATE INDEX events_sealed ON events (sealed_until) WHERE sealed_until IS NOT NULL;

-- What applications said about their event types (Resend's /events): a name, and what fields a payload has.
CREATE TABLE event_types (
    id         uuid    NOT NULL PRIMARY KEY,
    tenant_id  uuid    NOT NULL,
    name       text    NOT NULL,
    fields     text,                      -- JSON object: field to string, number, boolean or date
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    UNIQUE (tenant_id, name)
);

CREATE TABLE routes (
    id         uuid    NOT NULL PRIMARY KEY,
    tenant_id  uuid    NOT NULL,
    event_type text    NOT NULL,
    conditions text    NOT NULL,          -- JSON array of {path, equals}; all must hold
    stream     text    NOT NULL,
    template   text    NOT NULL,
    recipient  text    NOT NULL,          -- {{data.buyer_email}}
    brand      text,                      -- a word, or a path as above
    locale     text,
    enabled    bigint NOT NULL CHECK (enabled IN (0, 1)),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX routes_by_tenant ON routes (tenant_id, id);

-- A route that should have caused a message and could not. The event stays accepted.
CREATE TABLE route_faults (
    id        uuid    NOT NULL PRIMARY KEY,
    tenant_id uuid    NOT NULL,
    event_id  uuid    NOT NULL,             -- events.id
    route_id  uuid    NOT NULL,
    at        timestamptz NOT NULL,
    reason    text    NOT NULL
);
CREATE INDEX route_faults_by_event ON route_faults (event_id);

-- What the bus owes: one row for each event and subscription, kept when it was handled. In a lane, one subscription's events about one
-- subject, only the first is queued; the others are behind it.
CREATE TABLE event_deliveries (
    position     bigint  NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id     uuid    NOT NULL,          -- events.id
    tenant_id    uuid    NOT NULL,
    subscription text    NOT NULL,
    lane         uuid,                      -- NULL: no order to keep, or no longer
    state        text    NOT NULL CHECK (state IN ('behind', 'queued', 'handling', 'handled', 'parked')),
    due_at       timestamptz NOT NULL,
    wait         bigint NOT NULL,         -- microseconds that due_at lies after the instant it was set: lets a clock that went back be mended
    attempt      bigint NOT NULL,         -- handlings that ended
    lost         bigint NOT NULL,         -- handlings whose process died
    token        bigint NOT NULL,         -- grows with each claim; every change names the one it was given
    owner        text,
    lease_until  timestamptz,
    settled_at   timestamptz,
    reason       text,                    -- the words of the last failure
    UNIQUE (event_id, subscription)
);
CREATE INDEX event_deliveries_due ON event_deliveries (due_at, position) WHERE state = 'queued';
CREATE INDEX event_deliveries_leases ON event_deliveries (lease_until) WHERE state = 'handling';
CREATE INDEX event_deliveries_lanes ON event_deliveries (lane, state, position) WHERE lane IS NOT NULL;
CREATE INDEX event_deliveries_parked ON event_deliveries (tenant_id, position) WHERE state = 'parked';

-- The claim's plan must not be the one of an empty table, and dead rows of a table this hot are to go at once.
ALTER TABLE event_deliveries SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000,
                                  autovacuum_analyze_scale_factor = 0.01, autovacuum_analyze_threshold = 500, fillfactor = 70);
