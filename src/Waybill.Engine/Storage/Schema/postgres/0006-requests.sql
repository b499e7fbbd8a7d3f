-- What was asked of the API and how it was answered. No bodies: they hold what messages say.
CREATE TABLE requests (
    id         uuid    NOT NULL PRIMARY KEY,
    tenant_id  uuid    NOT NULL,
    api_key_id uuid    NOT NULL,
    at         timestamptz NOT NULL,
    method     text    NOT NULL,
    endpoint   text    NOT NULL,
    status     bigint  NOT NULL,
    user_agent text,
    refusal    text                       -- the error that was answered, as JSON
);
CREATE INDEX requests_by_tenant ON requests (tenant_id, id);
CREATE INDEX requests_by_age ON requests (at);
