-- What silence has brought about in cases, each at most once. It grants only where a law says so; by the park's own rule it leaves the
-- decision to be confirmed, and not before somebody was warned.
CREATE TABLE silent_decision (
    id {uuid} PRIMARY KEY NOT NULL,
    case_id {uuid} NOT NULL REFERENCES approval_case (id),
    act varchar(8) NOT NULL CHECK (act IN ('ACCEPTED', 'GRANTED', 'PENDING')),
    silence varchar(2) NOT NULL CHECK (silence IN ('T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'X')),
    -- The last day on which the office could have acted, and from when silence counts.
    last_day {date} NOT NULL,
    effective_on {date} NOT NULL,
    article varchar(500) NOT NULL CHECK (article <> ''),
    -- When a warning first reached the department; nothing when none did.
    warned_on {date},
    at {instant} NOT NULL,
    run varchar(120) NOT NULL CHECK (run <> ''),
    UNIQUE (case_id, act),
    CHECK (act <> 'GRANTED' OR silence IN ('T2', 'T3')),
    CHECK (act <> 'PENDING' OR (silence = 'T5' AND warned_on IS NOT NULL)),
    CHECK (act = 'ACCEPTED' OR effective_on > last_day)
);
CREATE INDEX silent_decision_by_time ON silent_decision (at, id);
-- The incidents: granted although no warning had reached anybody.
CREATE INDEX silent_decision_unwarned ON silent_decision (at, id) WHERE act = 'GRANTED' AND warned_on IS NULL;
