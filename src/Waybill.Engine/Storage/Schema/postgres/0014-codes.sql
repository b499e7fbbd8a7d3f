-- Codes that a half session gave; five wrong ones end it.
ALTER TABLE sessions ADD COLUMN code_tries bigint NOT NULL DEFAULT 0;

-- Codes that were given for an account within an hour, from wherever; on a device that the person signed in on before by themselves.
CREATE TABLE code_attempts (
    who      bytea       NOT NULL PRIMARY KEY, -- hash of the person, and of the device if it is known
    began_at timestamptz NOT NULL,
    attempts bigint      NOT NULL
);
