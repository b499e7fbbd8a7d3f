-- The audit becomes a chain: each row's hash covers what its predecessor's came to, so that a row that is removed, inserted or moved shows as well.
-- Rows from before have no number and keep the hash that they have; the first row of the chain covers all of theirs.
-- only postgres
ALTER TABLE audit ADD COLUMN number bigint;    -- in the order of appending, from 1
-- only sqlite
ALTER TABLE audit ADD COLUMN number INTEGER;   -- in the order of appending, from 1
-- both
CREATE INDEX audit_by_number ON audit (number, id);

-- The end of the chain, one row. It is changed with each row that is appended, which is how two nodes append one after the other.
CREATE TABLE audit_head (
    id     {number} NOT NULL PRIMARY KEY CHECK (id = 1),
-- only postgres
    number bigint NOT NULL,                    -- of the newest row
    seal   bytea  NOT NULL                     -- made from its hash with a key that is not in the database: what the next row covers
-- only sqlite
    number INTEGER NOT NULL,                  -- of the newest row
    seal   BLOB    NOT NULL                   -- made from its hash with a key that is not in the database: what the next row covers
-- both
){strict};

-- What an authenticator is known by: of its key the public half.
CREATE TABLE passkeys (
-- only postgres
    id              uuid   NOT NULL PRIMARY KEY,
    person_id       uuid   NOT NULL,
    credential      bytea  NOT NULL UNIQUE,    -- the id that the authenticator gave it
    name            text   NOT NULL,           -- what the person calls it
    public_key      bytea  NOT NULL,           -- COSE
    sign_count      bigint NOT NULL,           -- rises with each use where the authenticator counts; one that falls was copied
    transports      text   NOT NULL,           -- with blanks between them
-- only sqlite
    id              BLOB    NOT NULL PRIMARY KEY,
    person_id       BLOB    NOT NULL,
    credential      BLOB    NOT NULL UNIQUE,  -- the id that the authenticator gave it
    name            TEXT    NOT NULL,         -- what the person calls it
    public_key      BLOB    NOT NULL,         -- COSE
    sign_count      INTEGER NOT NULL,         -- rises with each use where the authenticator counts; one that falls was copied
    transports      TEXT    NOT NULL,         -- with blanks between them
-- both
    verified        {number} NOT NULL CHECK (verified IN (0, 1)),
    backup_eligible {number} NOT NULL CHECK (backup_eligible IN (0, 1)),
    backed_up       {number} NOT NULL CHECK (backed_up IN (0, 1)),
    created_at      {instant} NOT NULL,
    used_at         {instant}
){by_key};
CREATE INDEX passkeys_by_person ON passkeys (person_id, id);

-- Questions that an authenticator is to answer, once and within minutes.
CREATE TABLE passkey_challenges (
-- only postgres
    hash       bytea NOT NULL PRIMARY KEY,     -- SHA-256 of the cookie's 256 random bits
    person_id  uuid,                           -- who adds a passkey; NULL: somebody signs in
    name       text,                           -- what the new passkey is to be called
    state      text  NOT NULL,                 -- what ASP.NET Core Identity asked
-- only sqlite
    hash       BLOB    NOT NULL PRIMARY KEY,  -- SHA-256 of the cookie's 256 random bits
    person_id  BLOB,                          -- who adds a passkey; NULL: somebody signs in
    name       TEXT,                          -- what the new passkey is to be called
    state      TEXT    NOT NULL,              -- what ASP.NET Core Identity asked
-- both
    expires_at {instant} NOT NULL
){by_key};
CREATE INDEX passkey_challenges_by_age ON passkey_challenges (expires_at);
