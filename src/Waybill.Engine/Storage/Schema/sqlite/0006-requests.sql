-- What was asked of the API and how it was answered. No bodies: they hold what messages say.
CREATE TABLE requests (
    id         BLOB    NOT NULL PRIMARY KEY,
    tenant_id  BLOB    NOT NULL,
    api_key_id BLOB    NOT NULL,
    at         INTEGER NOT NULL,
    method     TEXT    NOT NULL,
    endpoint   TEXT    NOT NULL,
    status     INTEGER NOT NULL,
    user_agent TEXT,
    refusal    TEXT                       -- the error that was answered, as JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX requests_by_tenant ON requests (tenant_id, id);
CREATE INDEX requests_by_age ON requests (at);
