-- The terms of duties that one node at a time does, a row for each. Each write of a duty names its term.
CREATE TABLE duty_terms (
    name       text NOT NULL PRIMARY KEY,
    term       bigint NOT NULL, -- one more for each claim
    node       text, -- who does it now
    until      timestamptz, -- when that node's term is over, unless it is renewed
    started_at timestamptz, -- when the newest run began
    ended_at   timestamptz, -- when a run last ended
    due_at     timestamptz NOT NULL,
    failed_at  timestamptz, -- when a run last failed, and why
    error      text
);
