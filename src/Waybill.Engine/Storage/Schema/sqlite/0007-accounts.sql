-- Who may sign in. Removed people stay as rows, for the audit names them; their credentials go.
CREATE TABLE people (
    id            BLOB    NOT NULL PRIMARY KEY,
    email         TEXT    NOT NULL,           -- as it was typed
    email_key     TEXT    NOT NULL,           -- as it is compared
    name          TEXT    NOT NULL,
    language      TEXT    NOT NULL,
    password_hash TEXT,                       -- PBKDF2, as ASP.NET Core Identity writes it
    stamp         TEXT    NOT NULL,           -- changes with every credential
    totp_key      BLOB,                       -- sealed with the master key
    totp_step     INTEGER NOT NULL,           -- the last time step that was used: no code works twice
    version       INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    removed_at    INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX people_by_email ON people (email_key) WHERE removed_at IS NULL;

CREATE TABLE recovery_codes (
    person_id BLOB NOT NULL,
    hash      BLOB NOT NULL,                  -- keyed with the master key: a code is short
    PRIMARY KEY (person_id, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE memberships (
    person_id  BLOB    NOT NULL,
    tenant_id  BLOB    NOT NULL,              -- 16 zero bytes: the whole instance
    role       TEXT    NOT NULL CHECK (role IN ('viewer', 'developer', 'operator', 'owner')),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, tenant_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_by_tenant ON memberships (tenant_id, role);

CREATE TABLE sessions (
    id         BLOB    NOT NULL PRIMARY KEY,
    person_id  BLOB    NOT NULL,
    hash       BLOB    NOT NULL UNIQUE,       -- SHA-256 of the cookie's 256 random bits
    stage      TEXT    NOT NULL CHECK (stage IN ('code', 'full')),
    device     TEXT    NOT NULL,
    address    TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL,
    last_tenant BLOB                          -- where the visitor was last
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_person ON sessions (person_id, id);
CREATE INDEX sessions_by_age ON sessions (used_at);

CREATE TABLE links (
    id         BLOB    NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL CHECK (kind IN ('first', 'reset', 'invite')),
    hash       BLOB    NOT NULL UNIQUE,       -- SHA-256 of the link's 256 random bits
    person_id  BLOB,                          -- whose password it sets
    email      TEXT,                          -- who is invited
    name       TEXT,
    tenant_id  BLOB,                          -- where to; 16 zero bytes: the whole instance
    role       TEXT,
    created_by BLOB,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER                        -- once, or withdrawn
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_person ON links (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX links_by_tenant ON links (tenant_id, id) WHERE tenant_id IS NOT NULL;

-- Attempts to sign in that were not good, for a minute each.
CREATE TABLE sign_in_failures (
    id  BLOB    NOT NULL PRIMARY KEY,
    who BLOB    NOT NULL,                     -- hash of what was typed as the address, and where from
    at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_failures_by_who ON sign_in_failures (who, at);
CREATE INDEX sign_in_failures_by_age ON sign_in_failures (at);

-- Appended to and never changed. No secret is ever in it.
CREATE TABLE audit (
    id        BLOB    NOT NULL PRIMARY KEY,
    at        INTEGER NOT NULL,
    tenant_id BLOB    NOT NULL,               -- 16 zero bytes: the instance's
    person_id BLOB,
    who       TEXT    NOT NULL,               -- as they were called then
    act       TEXT    NOT NULL,
    what      TEXT    NOT NULL,
    address   TEXT    NOT NULL,
    outcome   TEXT    NOT NULL CHECK (outcome IN ('done', 'refused')),
    salt      BLOB    NOT NULL,
    row_hash  BLOB    NOT NULL                -- SHA-256 over salt and all other columns: what a later seal covers
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_by_tenant ON audit (tenant_id, id);

CREATE TABLE instance_settings (
    name   TEXT    NOT NULL PRIMARY KEY,
    value  TEXT    NOT NULL,
    set_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The data-protection ring, each key sealed with the master key.
CREATE TABLE protection_keys (
    name       TEXT    NOT NULL PRIMARY KEY,
    box        BLOB    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
