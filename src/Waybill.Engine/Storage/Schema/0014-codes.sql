-- Codes that a half session gave; five wrong ones end it.
ALTER TABLE sessions ADD COLUMN code_tries {number} NOT NULL DEFAULT 0;

-- Codes that were given for an account within an hour, from wherever; on a device that the person signed in on before by themselves.
CREATE TABLE code_attempts (
-- only postgres
    who      bytea       NOT NULL PRIMARY KEY, -- hash of the person, and of the device if it is known
-- only sqlite
    who      BLOB    NOT NULL PRIMARY KEY,    -- hash of the person, and of the device if it is known
-- both
    began_at {instant} NOT NULL,
-- only postgres
    attempts bigint      NOT NULL
-- only sqlite
    attempts INTEGER NOT NULL
-- both
){by_key};
