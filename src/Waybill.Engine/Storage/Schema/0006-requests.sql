-- What was asked of the API and how it was answered. No bodies: they hold what messages say.
CREATE TABLE requests (
    id         {id}    NOT NULL PRIMARY KEY,
    tenant_id  {id}    NOT NULL,
    api_key_id {id}    NOT NULL,
    at         {instant} NOT NULL,
    method     {text}    NOT NULL,
    endpoint   {text}    NOT NULL,
    status     {number:7} NOT NULL,
    user_agent {text},
    refusal    {text}                       -- the error that was answered, as JSON
){by_key};
CREATE INDEX requests_by_tenant ON requests (tenant_id, id);
CREATE INDEX requests_by_age ON requests (at);
