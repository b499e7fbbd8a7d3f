-- Ids are UUIDv7, 16 bytes in network order; instants are microseconds since 1970 UTC. Journal tables have no foreign keys
-- among each other, so that they can be partitioned by id one day.

CREATE TABLE tenants (
    id         BLOB    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE,
    time_zone  TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The key itself is shown once and never stored: 128 random bits need no slow hash, and the hash is how it is found.
CREATE TABLE api_keys (
    id           BLOB    NOT NULL PRIMARY KEY,
    tenant_id    BLOB,                    -- NULL: an instance key, which names its tenant in each request
    name         TEXT    NOT NULL,
    hash         BLOB    NOT NULL UNIQUE, -- SHA-256 of the whole key
    scopes       TEXT    NOT NULL,        -- separated by blanks
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at   INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency_keys (
    api_key_id   BLOB    NOT NULL,
    key          TEXT    NOT NULL,
    request_hash BLOB    NOT NULL,
    answer       TEXT    NOT NULL,
    accepted_at  INTEGER NOT NULL,
    PRIMARY KEY (api_key_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (accepted_at);

CREATE TABLE messages (
    id           BLOB    NOT NULL PRIMARY KEY,
    tenant_id    BLOB    NOT NULL,
    stream       TEXT    NOT NULL,
    status       TEXT    NOT NULL CHECK (status IN ('scheduled', 'queued', 'sending', 'sent', 'delivered', 'held', 'bounced', 'complained',
                                                    'failed', 'suppressed', 'skipped_no_email', 'dropped_no_smtp', 'canceled')),
    header_id    TEXT    NOT NULL,        -- the Message-ID header, the same on every attempt
    sender       TEXT    NOT NULL,        -- From, as it is shown
    subject      TEXT    NOT NULL,
    reply_to     TEXT,                    -- JSON array
    tags         TEXT,                    -- JSON array of {name, value}
    accepted_at  INTEGER NOT NULL,
    scheduled_at INTEGER,
    settled_at   INTEGER,
    reason       TEXT,                    -- the last reply or the reason that an operator reads beside the status
    salt         BLOB    NOT NULL,
    row_hash     BLOB    NOT NULL         -- SHA-256 over salt and what acceptance fixed: what a later seal covers
) STRICT, WITHOUT ROWID;
CREATE INDEX messages_by_tenant ON messages (tenant_id, id);

CREATE TABLE recipients (
    message_id BLOB    NOT NULL,
    position   INTEGER NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind IN ('to', 'cc', 'bcc')),
    mailbox    TEXT    NOT NULL,          -- as it is shown
    address    TEXT    NOT NULL,          -- as it goes into RCPT TO
    status     TEXT    NOT NULL CHECK (status IN ('pending', 'accepted', 'refused', 'unknown')),
    reply      TEXT,
    PRIMARY KEY (message_id, position)
) STRICT, WITHOUT ROWID;

-- All that went into a message, and what fixes its bytes: with both they are composed again exactly, and the hash proves it.
CREATE TABLE snapshots (
    message_id  BLOB    NOT NULL PRIMARY KEY,
    inputs      BLOB    NOT NULL,         -- frozen at acceptance
    composition BLOB,                     -- frozen when first composed
    bytes_hash  BLOB,                     -- SHA-256 of the composed bytes
    bytes_size  INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE attachments (
    id           BLOB    NOT NULL PRIMARY KEY,
    message_id   BLOB    NOT NULL,
    position     INTEGER NOT NULL,
    file_name    TEXT    NOT NULL,
    content_type TEXT    NOT NULL,
    content_id   TEXT,
    hash         BLOB    NOT NULL,
    size         INTEGER NOT NULL,
    UNIQUE (message_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_by_content ON attachments (hash);

CREATE TABLE content (
    hash      BLOB    NOT NULL,           -- SHA-256 of the whole
    part      INTEGER NOT NULL,           -- 1 MiB each
    bytes     BLOB    NOT NULL,
    stored_at INTEGER NOT NULL,
    PRIMARY KEY (hash, part)
) STRICT;

-- What is still to be handed over. A row leaves when its message is settled for good.
CREATE TABLE outbox (
    message_id  BLOB    NOT NULL PRIMARY KEY,
    tenant_id   BLOB    NOT NULL,
    stream      TEXT    NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('queued', 'sending')),
    due_at      INTEGER NOT NULL,
    wait        INTEGER NOT NULL,         -- microseconds that due_at lies after the instant it was set: lets a clock that went back be mended
    scheduled   INTEGER NOT NULL,         -- 1: due_at is the caller's wish, and a clock that jumps does not move it
    attempt     INTEGER NOT NULL,         -- attempts that count against the stream's policy
    token       INTEGER NOT NULL,         -- grows with each claim; every change names the one it was given
    begun       INTEGER NOT NULL,         -- 1: an attempt is open, so a crash now leaves its outcome unknown
    owner       TEXT,
    lease_until INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_due ON outbox (due_at, message_id) WHERE state = 'queued';
CREATE INDEX outbox_leases ON outbox (lease_until) WHERE state = 'sending';

CREATE TABLE attempts (
    message_id BLOB    NOT NULL,
    number     INTEGER NOT NULL,          -- the fencing token of the claim it was made under: unique and growing
    relay      TEXT    NOT NULL,
    node       TEXT    NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at   INTEGER,
    outcome    TEXT    CHECK (outcome IN ('accepted', 'deferred', 'refused', 'unknown')),
    reply      TEXT,
    dialogue   BLOB,
    PRIMARY KEY (message_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE timeline (
    message_id BLOB    NOT NULL,
    id         BLOB    NOT NULL,
    at         INTEGER NOT NULL,
    step       TEXT    NOT NULL,
    detail     TEXT    NOT NULL,
    PRIMARY KEY (message_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE relay_usage (
    relay TEXT    NOT NULL,
    day   TEXT    NOT NULL,               -- yyyy-mm-dd, UTC
    used  INTEGER NOT NULL,
    PRIMARY KEY (relay, day)
) STRICT, WITHOUT ROWID;
