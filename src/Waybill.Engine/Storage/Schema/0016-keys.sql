-- An idempotency key is one of its tenant as well: an instance key speaks for many of them. Which tenant a row from before is about its API key
-- says, and where that is an instance key, the message. A row without either made no message, and may go.
-- only postgres
ALTER TABLE idempotency_keys ADD COLUMN tenant_id uuid;
UPDATE idempotency_keys k SET tenant_id = a.tenant_id FROM api_keys a WHERE a.id = k.api_key_id;
UPDATE idempotency_keys k SET tenant_id = m.tenant_id FROM messages m
WHERE m.id = CASE
    WHEN k.tenant_id IS NULL THEN CAST(COALESCE(CAST(k.answer AS json) ->> 'id', CAST(k.answer AS json) -> 'data' -> 0 ->> 'id') AS uuid)
END;
DELETE FROM idempotency_keys WHERE tenant_id IS NULL;
ALTER TABLE idempotency_keys ALTER COLUMN tenant_id SET NOT NULL;
ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_pkey;
ALTER TABLE idempotency_keys ADD PRIMARY KEY (api_key_id, tenant_id, key);
COMMENT ON COLUMN idempotency_keys.request_hash IS 'keyed, over tenant, route and body; plain and without the tenant in rows from before';
-- only sqlite
CREATE TABLE idempotency_keys_by_tenant (
    api_key_id   BLOB    NOT NULL,
    tenant_id    BLOB    NOT NULL,
    key          TEXT    NOT NULL,
    request_hash BLOB    NOT NULL,        -- keyed, over tenant, route and body; plain and without the tenant in rows from before
    answer       TEXT    NOT NULL,
    accepted_at  INTEGER NOT NULL,
    PRIMARY KEY (api_key_id, tenant_id, key)
) STRICT, WITHOUT ROWID;
-- both

-- only sqlite
INSERT INTO idempotency_keys_by_tenant (api_key_id, tenant_id, key, request_hash, answer, accepted_at)
SELECT k.api_key_id, COALESCE(a.tenant_id, m.tenant_id), k.key, k.request_hash, k.answer, k.accepted_at
FROM idempotency_keys k
LEFT JOIN api_keys a ON a.id = k.api_key_id
LEFT JOIN messages m ON m.id = CASE WHEN a.tenant_id IS NULL THEN unhex(COALESCE(k.answer ->> '$.id', k.answer ->> '$.data[0].id'), '-') END
WHERE COALESCE(a.tenant_id, m.tenant_id) IS NOT NULL;

DROP TABLE idempotency_keys;
ALTER TABLE idempotency_keys_by_tenant RENAME TO idempotency_keys;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (accepted_at);

-- both
-- The keys that secrets are sealed with and others are derived from, each sealed with the master key, which seals nothing else. That one of them
-- opens shows that the master key is the right one.
CREATE TABLE data_keys (
    id         {bytes:5}   NOT NULL PRIMARY KEY,  -- what a sealed value begins with
    purpose    {text}    NOT NULL CHECK (purpose IN ('derive', 'seal')),
    state      {text}    NOT NULL CHECK (state IN ('coming', 'current', 'old')), -- coming: every node is to have it before the first seals with it
    master_id  {bytes:5}   NOT NULL,              -- which master key the box opens with
    box        {bytes:5}   NOT NULL,
    created_at {instant} NOT NULL,
-- only postgres
    since      timestamptz NOT NULL           -- in this state
-- only sqlite
    since      INTEGER NOT NULL               -- in this state
-- both
){by_key};
CREATE UNIQUE INDEX data_keys_one_each ON data_keys (purpose, state) WHERE state <> 'old'; -- of two nodes that begin at once one is first

-- Nodes that cannot open a key that is coming, because they have not its master key.
CREATE TABLE data_key_refusals (
    node   {text}    NOT NULL,
    key_id {bytes:5}   NOT NULL,
    at     {instant} NOT NULL,
    PRIMARY KEY (node, key_id)
){by_key};
