-- What an operator set for a stream; NULL: the default in code holds.
CREATE TABLE streams (
    name        {text} NOT NULL PRIMARY KEY,
    attempts    {number},
    waits       {text}, -- milliseconds, separated by blanks
    jitter      {number}, -- thousandths
    kept_days   {number}, -- 0: for ever
    unsubscribe {number} CHECK (unsubscribe IN (0, 1)),
    retry_once  {number} CHECK (retry_once IN (0, 1)),
    changed_at  {instant} NOT NULL
){by_key};

-- Addresses that get no more mail of a tenant. An unsubscribed one is named with its stream, every other with the empty one: all streams.
CREATE TABLE suppressions (
    id         {id} NOT NULL PRIMARY KEY,
    tenant_id  {id} NOT NULL,
    address    {text} NOT NULL, -- canonical: what is compared
    email      {text} NOT NULL, -- as it was written
    stream     {text} NOT NULL,
    origin     {text} NOT NULL CHECK (origin IN ('bounce', 'complaint', 'manual', 'unsubscribe')),
    source_id  {id}, -- the message that brought it about
    created_at {instant} NOT NULL,
    UNIQUE (address, tenant_id, stream)
){by_key};
CREATE INDEX suppressions_by_tenant ON suppressions (tenant_id, id);

-- That retention ran, and what it removed: a row for each stream of a tenant, one without a stream for its events, and
-- one without either for the run as a whole.
CREATE TABLE sweeps (
    id          {id} NOT NULL PRIMARY KEY,
    tenant_id   {id},
    stream      {text},
    kept_since  {instant}, -- what was accepted before this was removed
    removed     {number} NOT NULL,
    ended_at    {instant} NOT NULL
){by_key};

CREATE INDEX messages_by_stream ON messages (stream, tenant_id, id);
