-- Whose share of a node's places a message or a handling is claimed under, the tenant's 16 bytes first: what one tenant, relay or subscription
-- has waiting is passed by in one step of the index. Of a message: its tenant, its relay, and 1 if it waits while that relay rests.
-- only postgres
ALTER TABLE outbox ADD COLUMN share bytea NOT NULL DEFAULT '';
UPDATE outbox SET share = uuid_send(tenant_id)
    || uuid_send(CASE WHEN stream IN ('keysat.operator', 'waybill.operator', 'waybill.accounts') THEN '00000000-0000-7000-8000-000000000001'::uuid
            ELSE coalesce((SELECT m.relay_id FROM messages m WHERE m.id = outbox.message_id), '00000000-0000-7000-8000-000000000001'::uuid) END)
    || CASE WHEN stream IN ('api', 'waybill.accounts', 'kyora.account', 'kyora.billing') THEN '\x01'::bytea ELSE '\x00'::bytea END;
ALTER TABLE outbox ALTER COLUMN share DROP DEFAULT; -- an older node fails rather than leave what nobody claims
-- only sqlite
ALTER TABLE outbox ADD COLUMN share BLOB NOT NULL DEFAULT x'';
UPDATE outbox SET share = CAST(tenant_id
    || CASE WHEN stream IN ('keysat.operator', 'waybill.operator', 'waybill.accounts') THEN x'00000000000070008000000000000001'
            ELSE coalesce((SELECT m.relay_id FROM messages m WHERE m.id = outbox.message_id), x'00000000000070008000000000000001') END
    || CASE WHEN stream IN ('api', 'waybill.accounts', 'kyora.account', 'kyora.billing') THEN x'01' ELSE x'00' END AS BLOB);
-- both
CREATE INDEX outbox_shares ON outbox (share, due_at, message_id) WHERE state = 'queued';

-- Of a handling: its tenant and its subscription.
-- only postgres
ALTER TABLE event_deliveries ADD COLUMN share bytea NOT NULL DEFAULT '';
UPDATE event_deliveries SET share = uuid_send(tenant_id) || convert_to(subscription, 'UTF8');
ALTER TABLE event_deliveries ALTER COLUMN share DROP DEFAULT;
-- only sqlite
ALTER TABLE event_deliveries ADD COLUMN share BLOB NOT NULL DEFAULT x'';
UPDATE event_deliveries SET share = CAST(tenant_id || subscription AS BLOB);
-- both
CREATE INDEX event_deliveries_shares ON event_deliveries (share, due_at, position) WHERE state = 'queued';
