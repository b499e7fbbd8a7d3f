-- Who may sign in. Removed people stay as rows, for the audit names them; their credentials go.
CREATE TABLE people (
    id            uuid    NOT NULL PRIMARY KEY,
    email         text    NOT NULL,           -- as it was typed
    email_key     text    NOT NULL,           -- as it is compared
    name          text    NOT NULL,
    language      text    NOT NULL,
    password_hash text,                       -- PBKDF2, as ASP.NET Core Identity writes it
    stamp         text    NOT NULL,           -- changes with every credential
    totp_key      bytea,                       -- sealed with the master key
    totp_step     bigint  NOT NULL,           -- the last time step that was used: no code works twice
    version       bigint  NOT NULL,
    created_at    timestamptz NOT NULL,
    removed_at    timestamptz
);
CREATE UNIQUE INDEX people_by_email ON people (email_key) WHERE removed_at IS NULL;

CREATE TABLE recovery_codes (
    person_id uuid NOT NULL,
    hash      bytea NOT NULL,                  -- keyed with the master key: a code is short
    PRIMARY KEY (person_id, hash)
);

CREATE TABLE memberships (
    person_id  uuid    NOT NULL,
    tenant_id  uuid    NOT NULL,              -- the nil UUID: the whole instance
    role       text    NOT NULL CHECK (role IN ('viewer', 'developer', 'operator', 'owner')),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (person_id, tenant_id)
);
CREATE INDEX memberships_by_tenant ON memberships (tenant_id, role);

CREATE TABLE sessions (
    id         uuid    NOT NULL PRIMARY KEY,
    person_id  uuid    NOT NULL,
    hash       bytea   NOT NULL UNIQUE,       -- SHA-256 of the cookie's 256 random bits
    stage      text    NOT NULL CHECK (stage IN ('code', 'full')),
    device     text    NOT NULL,
    address    text    NOT NULL,
    created_at timestamptz NOT NULL,
    used_at    timestamptz NOT NULL,
    last_tenant uuid                          -- where the visitor was last
);
CREATE INDEX sessions_by_person ON sessions (person_id, id);
CREATE INDEX sessions_by_age ON sessions (used_at);

CREATE TABLE links (
    id         uuid    NOT NULL PRIMARY KEY,
    kind       text    NOT NULL CHECK (kind IN ('first', 'reset', 'invite')),
    hash       bytea   NOT NULL UNIQUE,       -- SHA-256 of the link's 256 random bits
    person_id  uuid,                          -- whose password it sets
    email      text,                          -- who is invited
    name       text,
    tenant_id  uuid,                          -- where to; the nil UUID: the whole instance
    role       text,
    created_by uuid,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz                    -- once, or withdrawn
);
CREATE INDEX links_by_person ON links (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX links_by_tenant ON links (tenant_id, id) WHERE tenant_id IS NOT NULL;

-- Attempts to sign in that were not good, for a minute each.
CREATE TABLE sign_in_failures (
    id  uuid    NOT NULL PRIMARY KEY,
    who bytea   NOT NULL,                     -- hash of what was typed as the address, and where from
    at  timestamptz NOT NULL
);
CREATE INDEX sign_in_failures_by_who ON sign_in_failures (who, at);
CREATE INDEX sign_in_failures_by_age ON sign_in_failures (at);

-- Appended to and never changed. No secret is ever in it.
CREATE TABLE audit (
    id        uuid    NOT NULL PRIMARY KEY,
    at        timestamptz NOT NULL,
    tenant_id uuid    NOT NULL,               -- the nil UUID: the instance's
    person_id uuid,
    who       text    NOT NULL,               -- as they were called then
    act       text    NOT NULL,
    what      text    NOT NULL,
    address   text    NOT NULL,
    outcome   text    NOT NULL CHECK (outcome IN ('done', 'refused')),
    salt      bytea   NOT NULL,
    row_hash  bytea   NOT NULL                -- SHA-256 over salt and all other columns: what a later seal covers
);
CREATE INDEX audit_by_tenant ON audit (tenant_id, id);

CREATE TABLE instance_settings (
    name   text    NOT NULL PRIMARY KEY,
    value  text    NOT NULL,
    set_at timestamptz NOT NULL
);

-- The data-protection ring, each key sealed with the master key.
CREATE TABLE protection_keys (
    name       text    NOT NULL PRIMARY KEY,
    box        bytea   NOT NULL,
    created_at timestamptz NOT NULL
);
