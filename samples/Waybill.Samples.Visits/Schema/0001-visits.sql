CREATE TABLE visits_visits (
    id         {id}      NOT NULL PRIMARY KEY,
    tenant_id  {id}      NOT NULL,
    visitor    {text}     NOT NULL,
    host       {text}     NOT NULL,
    arrived_at {instant} NOT NULL
){by_key};
CREATE INDEX visits_visits_arrived ON visits_visits (tenant_id, arrived_at);
