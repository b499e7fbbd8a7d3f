-- An event is journalled like a message; its data is kept with secret values masked, and sealed beside it until its handlers are done.

CREATE TABLE events (
    id           {id}    NOT NULL PRIMARY KEY,
    tenant_id    {id}    NOT NULL,
    source       {text}    NOT NULL,        -- with event_id what makes it idempotent
    event_id     {text}    NOT NULL,
    type         {text}    NOT NULL,
    subject      {text},
    happened_at  {instant},                 -- the event's own time, when it came with one
    content_type {text},
    data_schema  {text},
    extensions   {text},                    -- JSON object
    data         {bytes}    NOT NULL,        -- JSON, packed, secret values masked
    sealed       {bytes},                    -- the data as it came; NULL: nothing in it is secret, or it was erased
-- only postgres
    sealed_until timestamptz,             -- when it expires; stays when it was erased: handlers never get masked values instead
-- only sqlite
    sealed_until INTEGER,                 -- when it expires; stays when it was erased: handlers never get masked values instead
-- both
    fingerprint  {bytes}    NOT NULL,        -- keyed hash of all that came: tells a repetition from another event under the same id
    accepted_at  {instant} NOT NULL,
    salt         {bytes}    NOT NULL,
    row_hash     {bytes}    NOT NULL,        -- SHA-256 over salt and what acceptance fixed
    UNIQUE (tenant_id, source, event_id)
){strict};
CREATE INDEX events_by_tenant ON events (tenant_id, id);
CREATE INDEX events_sealed ON events (sealed_until) WHERE sealed IS NOT NULL;

-- What applications said about their event types (Resend's /events): a name, and what fields a payload has.
CREATE TABLE event_types (
    id         {id}    NOT NULL PRIMARY KEY,
    tenant_id  {id}    NOT NULL,
    name       {text}    NOT NULL,
    fields     {text},                      -- JSON object: field to string, number, boolean or date
    created_at {instant} NOT NULL,
    updated_at {instant},
    UNIQUE (tenant_id, name)
){by_key};

CREATE TABLE routes (
    id         {id}    NOT NULL PRIMARY KEY,
    tenant_id  {id}    NOT NULL,
    event_type {text}    NOT NULL,
    conditions {text}    NOT NULL,          -- JSON array of {path, equals}; all must hold
    stream     {text}    NOT NULL,
    template   {text}    NOT NULL,
    recipient  {text}    NOT NULL,          -- {{data.buyer_email}}
    brand      {text},                      -- a word, or a path as above
    locale     {text},
    enabled    {number} NOT NULL CHECK (enabled IN (0, 1)),
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL
){by_key};
CREATE INDEX routes_by_tenant ON routes (tenant_id, id);

-- A route that should have caused a message and could not. The event stays accepted.
CREATE TABLE route_faults (
    id        {id}    NOT NULL PRIMARY KEY,
    tenant_id {id}    NOT NULL,
    event_id  {id}    NOT NULL,             -- events.id
    route_id  {id}    NOT NULL,
    at        {instant} NOT NULL,
    reason    {text}    NOT NULL
){by_key};
CREATE INDEX route_faults_by_event ON route_faults (event_id);

-- What the bus owes: one row for each event and subscription, kept when it was handled. In a lane, one subscription's events about one
-- subject, only the first is queued; the others are behind it.
CREATE TABLE event_deliveries (
-- only postgres
    position     bigint  NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
-- only sqlite
    position     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
-- both
    event_id     {id}    NOT NULL,          -- events.id
    tenant_id    {id}    NOT NULL,
    subscription {text}    NOT NULL,
    lane         {id},                      -- NULL: no order to keep, or no longer
    state        {text}    NOT NULL CHECK (state IN ('behind', 'queued', 'handling', 'handled', 'parked')),
    due_at       {instant} NOT NULL,
    wait         {number} NOT NULL,         -- microseconds that due_at lies after the instant it was set: lets a clock that went back be mended
    attempt      {number} NOT NULL,         -- handlings that ended
    lost         {number} NOT NULL,         -- handlings whose process died
    token        {number} NOT NULL,         -- grows with each claim; every change names the one it was given
    owner        {text},
    lease_until  {instant},
    settled_at   {instant},
    reason       {text},                    -- the words of the last failure
    UNIQUE (event_id, subscription)
){strict};
CREATE INDEX event_deliveries_due ON event_deliveries (due_at, position) WHERE state = 'queued';
CREATE INDEX event_deliveries_leases ON event_deliveries (lease_until) WHERE state = 'handling';
CREATE INDEX event_deliveries_lanes ON event_deliveries (lane, state, position) WHERE lane IS NOT NULL;
CREATE INDEX event_deliveries_parked ON event_deliveries (tenant_id, position) WHERE state = 'parked';

-- only postgres
-- The claim's plan must not be the one of an empty table, and dead rows of a table this hot are to go at once.
ALTER TABLE event_deliveries SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000,
                                  autovacuum_analyze_scale_factor = 0.01, autovacuum_analyze_threshold = 500, fillfactor = 70);

-- both