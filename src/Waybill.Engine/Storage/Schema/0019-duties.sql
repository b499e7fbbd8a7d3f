-- The terms of duties that one node at a time does, a row for each. Each write of a duty names its term.
CREATE TABLE duty_terms (
    name       {text} NOT NULL PRIMARY KEY,
    term       {number} NOT NULL, -- one more for each claim
    node       {text}, -- who does it now
    until      {instant}, -- when that node's term is over, unless it is renewed
    started_at {instant}, -- when the newest run began
    ended_at   {instant}, -- when a run last ended
    due_at     {instant} NOT NULL,
    failed_at  {instant}, -- when a run last failed, and why
    error      {text}
){by_key};
