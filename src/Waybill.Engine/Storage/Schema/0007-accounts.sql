-- Who may sign in. Removed people stay as rows, for the audit names them; their credentials go.
CREATE TABLE people (
    id            {id}    NOT NULL PRIMARY KEY,
    email         {text}    NOT NULL,           -- as it was typed
    email_key     {text}    NOT NULL,           -- as it is compared
    name          {text}    NOT NULL,
    language      {text}    NOT NULL,
    password_hash {text},                       -- PBKDF2, as ASP.NET Core Identity writes it
    stamp         {text}    NOT NULL,           -- changes with every credential
    totp_key      {bytes},                       -- sealed with the master key
    totp_step     {number:7} NOT NULL,           -- the last time step that was used: no code works twice
    version       {number:7} NOT NULL,
    created_at    {instant} NOT NULL,
    removed_at    {instant}
){by_key};
CREATE UNIQUE INDEX people_by_email ON people (email_key) WHERE removed_at IS NULL;

CREATE TABLE recovery_codes (
    person_id {id} NOT NULL,
    hash      {bytes} NOT NULL,                  -- keyed with the master key: a code is short
    PRIMARY KEY (person_id, hash)
){by_key};

CREATE TABLE memberships (
    person_id  {id}    NOT NULL,
-- only postgres
    tenant_id  uuid    NOT NULL,              -- the nil UUID: the whole instance
-- only sqlite
    tenant_id  BLOB    NOT NULL,              -- 16 zero bytes: the whole instance
-- both
    role       {text}    NOT NULL CHECK (role IN ('viewer', 'developer', 'operator', 'owner')),
    created_at {instant} NOT NULL,
    PRIMARY KEY (person_id, tenant_id)
){by_key};
CREATE INDEX memberships_by_tenant ON memberships (tenant_id, role);

CREATE TABLE sessions (
    id         {id}    NOT NULL PRIMARY KEY,
    person_id  {id}    NOT NULL,
    hash       {bytes:5}   NOT NULL UNIQUE,       -- SHA-256 of the cookie's 256 random bits
    stage      {text}    NOT NULL CHECK (stage IN ('code', 'full')),
    device     {text}    NOT NULL,
    address    {text}    NOT NULL,
    created_at {instant} NOT NULL,
    used_at    {instant} NOT NULL,
    last_tenant {id}                          -- where the visitor was last
){by_key};
CREATE INDEX sessions_by_person ON sessions (person_id, id);
CREATE INDEX sessions_by_age ON sessions (used_at);

CREATE TABLE links (
    id         {id}    NOT NULL PRIMARY KEY,
    kind       {text}    NOT NULL CHECK (kind IN ('first', 'reset', 'invite')),
    hash       {bytes:5}   NOT NULL UNIQUE,       -- SHA-256 of the link's 256 random bits
    person_id  {id},                          -- whose password it sets
    email      {text},                          -- who is invited
    name       {text},
-- only postgres
    tenant_id  uuid,                          -- where to; the nil UUID: the whole instance
-- only sqlite
    tenant_id  BLOB,                          -- where to; 16 zero bytes: the whole instance
-- both
    role       {text},
    created_by {id},
    created_at {instant} NOT NULL,
    expires_at {instant} NOT NULL,
    used_at    {instant:11}                    -- once, or withdrawn
){by_key};
CREATE INDEX links_by_person ON links (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX links_by_tenant ON links (tenant_id, id) WHERE tenant_id IS NOT NULL;

-- Attempts to sign in that were not good, for a minute each.
CREATE TABLE sign_in_failures (
    id  {id}    NOT NULL PRIMARY KEY,
    who {bytes:5}   NOT NULL,                     -- hash of what was typed as the address, and where from
    at  {instant} NOT NULL
){by_key};
CREATE INDEX sign_in_failures_by_who ON sign_in_failures (who, at);
CREATE INDEX sign_in_failures_by_age ON sign_in_failures (at);

-- Appended to and never changed. No secret is ever in it.
CREATE TABLE audit (
    id        {id}    NOT NULL PRIMARY KEY,
    at        {instant} NOT NULL,
-- only postgres
    tenant_id uuid    NOT NULL,               -- the nil UUID: the instance's
-- only sqlite
    tenant_id BLOB    NOT NULL,               -- 16 zero bytes: the instance's
-- both
    person_id {id},
    who       {text}    NOT NULL,               -- as they were called then
    act       {text}    NOT NULL,
    what      {text}    NOT NULL,
    address   {text}    NOT NULL,
    outcome   {text}    NOT NULL CHECK (outcome IN ('done', 'refused')),
    salt      {bytes:5}   NOT NULL,
    row_hash  {bytes:5}   NOT NULL                -- SHA-256 over salt and all other columns: what a later seal covers
){by_key};
CREATE INDEX audit_by_tenant ON audit (tenant_id, id);

CREATE TABLE instance_settings (
    name   {text}    NOT NULL PRIMARY KEY,
    value  {text}    NOT NULL,
    set_at {instant} NOT NULL
){by_key};

-- The data-protection ring, each key sealed with the master key.
CREATE TABLE protection_keys (
    name       {text}    NOT NULL PRIMARY KEY,
    box        {bytes:5}   NOT NULL,
    created_at {instant} NOT NULL
){by_key};
