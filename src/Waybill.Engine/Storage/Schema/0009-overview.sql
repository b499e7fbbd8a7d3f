-- What went well is looked for and counted too, and how long it took: all of that is answered by the index alone. A row comes into it once,
-- when its message is settled.
CREATE INDEX messages_by_success ON messages (tenant_id, status, id, accepted_at, scheduled_at, settled_at) WHERE status = 'sent' OR status = 'delivered';
CREATE INDEX messages_by_brand ON messages (tenant_id, brand_id, id) WHERE brand_id IS NOT NULL;

-- What went by a relay, for the tenant whose messages it were. A row comes into the index once, when its attempt ends.
ALTER TABLE attempts ADD COLUMN tenant_id {id};
UPDATE attempts SET tenant_id = (SELECT m.tenant_id FROM messages m WHERE m.id = attempts.message_id);
CREATE INDEX attempts_by_relay ON attempts (tenant_id, relay, outcome, started_at) WHERE outcome IS NOT NULL;
