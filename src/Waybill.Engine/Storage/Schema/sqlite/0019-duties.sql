-- The terms of duties that one node at a time does, a row for each. Each write of a duty names its term.
CREATE TABLE duty_terms (
    name       TEXT NOT NULL PRIMARY KEY,
    term       INTEGER NOT NULL, -- one more for each claim
    node       TEXT, -- who does it now
    until      INTEGER, -- when that node's term is over, unless it is renewed
    started_at INTEGER, -- when the newest run began
    ended_at   INTEGER, -- when a run last ended
    due_at     INTEGER NOT NULL,
    failed_at  INTEGER, -- when a run last failed, and why
    error      TEXT
) STRICT, WITHOUT ROWID;
