-- Whose share of a node's places a message or a handling is claimed under, the tenant's 16 bytes first: what one tenant, relay or subscription
-- has waiting is passed by in one step of the index. Of a message: its tenant, its relay, and 1 if it waits while that relay rests.
ALTER TABLE outbox ADD COLUMN share BLOB NOT NULL DEFAULT x'';
UPDATE outbox SET share = CAST(tenant_id
    || CASE WHEN stream IN ('keysat.operator', 'waybill.operator', 'waybill.accounts') THEN x'00000000000070008000000000000001'
            ELSE coalesce((SELECT m.relay_id FROM messages m WHERE m.id = outbox.message_id), x'00000000000070008000000000000001') END
    || CASE WHEN stream IN ('api', 'waybill.accounts', 'kyora.account', 'kyora.billing') THEN x'01' ELSE x'00' END AS BLOB);
CREATE INDEX outbox_shares ON outbox (share, due_at, message_id) WHERE state = 'queued';

-- Of a handling: its tenant and its subscription.
ALTER TABLE event_deliveries ADD COLUMN share BLOB NOT NULL DEFAULT x'';
UPDATE event_deliveries SET share = CAST(tenant_id || subscription AS BLOB);
CREATE INDEX event_deliveries_shares ON event_deliveries (share, due_at, position) WHERE state = 'queued';
