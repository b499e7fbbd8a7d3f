-- only postgres
-- Ids are UUIDv7. Journal tables have no foreign keys
-- only sqlite
-- Ids are UUIDv7, 16 bytes in network order; instants are microseconds since 1970 UTC. Journal tables have no foreign keys
-- both
-- among each other, so that they can be partitioned by id one day.

CREATE TABLE tenants (
    id         {id}    NOT NULL PRIMARY KEY,
    name       {text}    NOT NULL UNIQUE,
    time_zone  {text}    NOT NULL,
    created_at {instant} NOT NULL
){by_key};

-- The key itself is shown once and never stored: 128 random bits need no slow hash, and the hash is how it is found.
CREATE TABLE api_keys (
    id           {id}    NOT NULL PRIMARY KEY,
    tenant_id    {id},                    -- NULL: an instance key, which names its tenant in each request
    name         {text}    NOT NULL,
    hash         {bytes}    NOT NULL UNIQUE, -- SHA-256 of the whole key
    scopes       {text}    NOT NULL,        -- separated by blanks
    created_at   {instant} NOT NULL,
    last_used_at {instant},
    revoked_at   {instant}
){by_key};

CREATE TABLE idempotency_keys (
    api_key_id   {id}    NOT NULL,
    key          {text}    NOT NULL,
    request_hash {bytes}    NOT NULL,
    answer       {text}    NOT NULL,
    accepted_at  {instant} NOT NULL,
    PRIMARY KEY (api_key_id, key)
){by_key};
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (accepted_at);

CREATE TABLE messages (
    id           {id}    NOT NULL PRIMARY KEY,
    tenant_id    {id}    NOT NULL,
    stream       {text}    NOT NULL,
    status       {text}    NOT NULL CHECK (status IN ('scheduled', 'queued', 'sending', 'sent', 'delivered', 'held', 'bounced', 'complained',
                                                    'failed', 'suppressed', 'skipped_no_email', 'dropped_no_smtp', 'canceled')),
    header_id    {text}    NOT NULL,        -- the Message-ID header, the same on every attempt
    sender       {text}    NOT NULL,        -- From, as it is shown
    subject      {text}    NOT NULL,
    reply_to     {text},                    -- JSON array
    tags         {text},                    -- JSON array of {name, value}
    accepted_at  {instant} NOT NULL,
    scheduled_at {instant},
    settled_at   {instant},
    reason       {text},                    -- the last reply or the reason that an operator reads beside the status
    salt         {bytes}    NOT NULL,
    row_hash     {bytes}    NOT NULL         -- SHA-256 over salt and what acceptance fixed: what a later seal covers
){by_key};
CREATE INDEX messages_by_tenant ON messages (tenant_id, id);

CREATE TABLE recipients (
    message_id {id}    NOT NULL,
    position   {number:7} NOT NULL,
    kind       {text}    NOT NULL CHECK (kind IN ('to', 'cc', 'bcc')),
    mailbox    {text}    NOT NULL,          -- as it is shown
    address    {text}    NOT NULL,          -- as it goes into RCPT TO
    status     {text}    NOT NULL CHECK (status IN ('pending', 'accepted', 'refused', 'unknown')),
    reply      {text},
    PRIMARY KEY (message_id, position)
){by_key};

-- All that went into a message, and what fixes its bytes: with both they are composed again exactly, and the hash proves it.
CREATE TABLE snapshots (
    message_id  {id}    NOT NULL PRIMARY KEY,
    inputs      {bytes}    NOT NULL,         -- frozen at acceptance
    composition {bytes},                     -- frozen when first composed
    bytes_hash  {bytes},                     -- SHA-256 of the composed bytes
    bytes_size  {number:7}
){by_key};

CREATE TABLE attachments (
    id           {id}    NOT NULL PRIMARY KEY,
    message_id   {id}    NOT NULL,
    position     {number:7} NOT NULL,
    file_name    {text}    NOT NULL,
    content_type {text}    NOT NULL,
    content_id   {text},
    hash         {bytes}    NOT NULL,
    size         {number:7} NOT NULL,
    UNIQUE (message_id, position)
){by_key};
CREATE INDEX attachments_by_content ON attachments (hash);

CREATE TABLE content (
    hash      {bytes}    NOT NULL,           -- SHA-256 of the whole
    part      {number:7} NOT NULL,           -- 1 MiB each
    bytes     {bytes}    NOT NULL,
    stored_at {instant} NOT NULL,
    PRIMARY KEY (hash, part)
){strict};

-- What is still to be handed over. A row leaves when its message is settled for good.
CREATE TABLE outbox (
    message_id  {id}    NOT NULL PRIMARY KEY,
    tenant_id   {id}    NOT NULL,
    stream      {text}    NOT NULL,
    state       {text}    NOT NULL CHECK (state IN ('queued', 'sending')),
    due_at      {instant} NOT NULL,
    wait        {number:7} NOT NULL,         -- microseconds that due_at lies after the instant it was set: lets a clock that went back be mended
    scheduled   {number:7} NOT NULL,         -- 1: due_at is the caller's wish, and a clock that jumps does not move it
    attempt     {number:7} NOT NULL,         -- attempts that count against the stream's policy
    token       {number:7} NOT NULL,         -- grows with each claim; every change names the one it was given
    begun       {number:7} NOT NULL,         -- 1: an attempt is open, so a crash now leaves its outcome unknown
    owner       {text},
    lease_until {instant}
){by_key};
CREATE INDEX outbox_due ON outbox (due_at, message_id) WHERE state = 'queued';
CREATE INDEX outbox_leases ON outbox (lease_until) WHERE state = 'sending';

CREATE TABLE attempts (
    message_id {id}    NOT NULL,
    number     {number:7} NOT NULL,          -- the fencing token of the claim it was made under: unique and growing
    relay      {text}    NOT NULL,
    node       {text}    NOT NULL,
    started_at {instant} NOT NULL,
    ended_at   {instant},
    outcome    {text}    CHECK (outcome IN ('accepted', 'deferred', 'refused', 'unknown')),
    reply      {text},
    dialogue   {bytes},
    PRIMARY KEY (message_id, number)
){by_key};

CREATE TABLE timeline (
    message_id {id}    NOT NULL,
    id         {id}    NOT NULL,
    at         {instant} NOT NULL,
    step       {text}    NOT NULL,
    detail     {text}    NOT NULL,
    PRIMARY KEY (message_id, id)
){by_key};

CREATE TABLE relay_usage (
    relay {text}    NOT NULL,
    day   {text}    NOT NULL,               -- yyyy-mm-dd, UTC
    used  {number:7} NOT NULL,
    PRIMARY KEY (relay, day)
){by_key};

-- only postgres
-- The claim's plan must not be the one of an empty table, and dead rows of a table this hot are to go at once.
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_scale_factor = 0.01,
                        autovacuum_analyze_threshold = 500, fillfactor = 70);

-- both