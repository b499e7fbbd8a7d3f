-- The audit becomes a chain: each row's hash covers what its predecessor's came to, so that a row that is removed, inserted or moved shows as well.
-- Rows from before have no number and keep the hash that they have; the first row of the chain covers all of theirs.
ALTER TABLE audit ADD COLUMN number bigint;    -- in the order of appending, from 1
CREATE INDEX audit_by_number ON audit (number, id);

-- The end of the chain, one row. It is changed with each row that is appended, which is how two nodes append one after the other.
CREATE TABLE audit_head (
    id     bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    number bigint NOT NULL,                    -- of the newest row
    seal   bytea  NOT NULL                     -- made from its hash with a key that is not in the database: what the next row covers
);

-- What an authenticator is known by: of its key the public half.
CREATE TABLE passkeys (
    id              uuid   NOT NULL PRIMARY KEY,
    person_id       uuid   NOT NULL,
    credential      bytea  NOT NULL UNIQUE,    -- the id that the authenticator gave it
    name            text   NOT NULL,           -- what the person calls it
    public_key      bytea  NOT NULL,           -- COSE
    sign_count      bigint NOT NULL,           -- rises with each use where the authenticator counts; one that falls was copied
    transports      text   NOT NULL,           -- with blanks between them
    verified        bigint NOT NULL CHECK (verified IN (0, 1)),
    backup_eligible bigint NOT NULL CHECK (backup_eligible IN (0, 1)),
    backed_up       bigint NOT NULL CHECK (backed_up IN (0, 1)),
    created_at      timestamptz NOT NULL,
    used_at         timestamptz
);
CREATE INDEX passkeys_by_person ON passkeys (person_id, id);

-- Questions that an authenticator is to answer, once and within minutes.
CREATE TABLE passkey_challenges (
    hash       bytea NOT NULL PRIMARY KEY,     -- SHA-256 of the cookie's 256 random bits
    person_id  uuid,                           -- who adds a passkey; NULL: somebody signs in
    name       text,                           -- what the new passkey is to be called
    state      text  NOT NULL,                 -- what ASP.NET Core Identity asked
    expires_at timestamptz NOT NULL
);
CREATE INDEX passkey_challenges_by_age ON passkey_challenges (expires_at);
