-- The audit becomes a chain: each row's hash covers what its predecessor's came to, so that a row that is removed, inserted or moved shows as well.
-- Rows from before have no number and keep the hash that they have; the first row of the chain covers all of theirs.
ALTER TABLE audit ADD COLUMN number INTEGER;   -- in the order of appending, from 1
CREATE INDEX audit_by_number ON audit (number, id);

-- The end of the chain, one row. It is changed with each row that is appended, which is how two nodes append one after the other.
CREATE TABLE audit_head (
    id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL,                  -- of the newest row
    seal   BLOB    NOT NULL                   -- made from its hash with a key that is not in the database: what the next row covers
) STRICT;

-- What an authenticator is known by: of its key the public half.
CREATE TABLE passkeys (
    id              BLOB    NOT NULL PRIMARY KEY,
    person_id       BLOB    NOT NULL,
    credential      BLOB    NOT NULL UNIQUE,  -- the id that the authenticator gave it
    name            TEXT    NOT NULL,         -- what the person calls it
    public_key      BLOB    NOT NULL,         -- COSE
    sign_count      INTEGER NOT NULL,         -- rises with each use where the authenticator counts; one that falls was copied
    transports      TEXT    NOT NULL,         -- with blanks between them
    verified        INTEGER NOT NULL CHECK (verified IN (0, 1)),
    backup_eligible INTEGER NOT NULL CHECK (backup_eligible IN (0, 1)),
    backed_up       INTEGER NOT NULL CHECK (backed_up IN (0, 1)),
    created_at      INTEGER NOT NULL,
    used_at         INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX passkeys_by_person ON passkeys (person_id, id);

-- Questions that an authenticator is to answer, once and within minutes.
CREATE TABLE passkey_challenges (
    hash       BLOB    NOT NULL PRIMARY KEY,  -- SHA-256 of the cookie's 256 random bits
    person_id  BLOB,                          -- who adds a passkey; NULL: somebody signs in
    name       TEXT,                          -- what the new passkey is to be called
    state      TEXT    NOT NULL,              -- what ASP.NET Core Identity asked
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_challenges_by_age ON passkey_challenges (expires_at);
