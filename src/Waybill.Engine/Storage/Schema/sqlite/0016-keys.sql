-- An idempotency key is one of its tenant as well: an instance key speaks for many of them. Which tenant a row from before is about its API key
-- says, and where that is an instance key, the message. A row without either made no message, and may go.
CREATE TABLE idempotency_keys_by_tenant (
    api_key_id   BLOB    NOT NULL,
    tenant_id    BLOB    NOT NULL,
    key          TEXT    NOT NULL,
    request_hash BLOB    NOT NULL,        -- keyed, over tenant, route and body; plain and without the tenant in rows from before
    answer       TEXT    NOT NULL,
    accepted_at  INTEGER NOT NULL,
    PRIMARY KEY (api_key_id, tenant_id, key)
) STRICT, WITHOUT ROWID;

INSERT INTO idempotency_keys_by_tenant (api_key_id, tenant_id, key, request_hash, answer, accepted_at)
SELECT k.api_key_id, COALESCE(a.tenant_id, m.tenant_id), k.key, k.request_hash, k.answer, k.accepted_at
FROM idempotency_keys k
LEFT JOIN api_keys a ON a.id = k.api_key_id
LEFT JOIN messages m ON m.id = CASE WHEN a.tenant_id IS NULL THEN unhex(COALESCE(k.answer ->> '$.id', k.answer ->> '$.data[0].id'), '-') END
WHERE COALESCE(a.tenant_id, m.tenant_id) IS NOT NULL;

DROP TABLE idempotency_keys;
ALTER TABLE idempotency_keys_by_tenant RENAME TO idempotency_keys;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (accepted_at);

-- The keys that secrets are sealed with and others are derived from, each sealed with the master key, which seals nothing else. That one of them
-- opens shows that the master key is the right one.
CREATE TABLE data_keys (
    id         BLOB    NOT NULL PRIMARY KEY,  -- what a sealed value begins with
    purpose    TEXT    NOT NULL CHECK (purpose IN ('derive', 'seal')),
    state      TEXT    NOT NULL CHECK (state IN ('coming', 'current', 'old')), -- coming: every node is to have it before the first seals with it
    master_id  BLOB    NOT NULL,              -- which master key the box opens with
    box        BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    since      INTEGER NOT NULL               -- in this state
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX data_keys_one_each ON data_keys (purpose, state) WHERE state <> 'old'; -- of two nodes that begin at once one is first

-- Nodes that cannot open a key that is coming, because they have not its master key.
CREATE TABLE data_key_refusals (
    node   TEXT    NOT NULL,
    key_id BLOB    NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (node, key_id)
) STRICT, WITHOUT ROWID;
