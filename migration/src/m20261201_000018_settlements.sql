-- What the supervisor has is not over, and ends with a written word; beside what was proposed on an appeal stands what was decided.
ALTER TABLE rectification RENAME TO rectification_before;
CREATE TABLE rectification (
    id {uuid} PRIMARY KEY NOT NULL,
    evaluation_id {uuid} REFERENCES evaluation (id),
    obligation_id {uuid} UNIQUE REFERENCES obligation (id),
    enterprise_id {uuid} REFERENCES enterprise (id),
    department_id {uuid} REFERENCES department (id),
    about_zh varchar(1000) NOT NULL,
    about_en varchar(1000) NOT NULL,
    state varchar(10) NOT NULL CHECK (state IN ('OPEN', 'CONTACTED', 'VERIFIED', 'APPEALED', 'UPHELD', 'EXCLUDED', 'RECTIFYING',
        'FED_BACK', 'REOPENED', 'CLOSED', 'SUPERVISED', 'SETTLED')),
    reopened boolean NOT NULL,
    contact_deadline_id {uuid} NOT NULL REFERENCES deadline (id),
    reply_deadline_id {uuid} NOT NULL REFERENCES deadline (id),
    contact varchar(2000),
    verification varchar(9) CHECK (verification IN ('TRUE', 'PARTLY', 'MISTAKEN', 'MALICIOUS')),
    finding varchar(2000),
    complexity varchar(7) CHECK (complexity IN ('SIMPLE', 'COMPLEX')),
    plan varchar(2000),
    reply varchar(2000),
    appeal varchar(2000),
    exclude boolean,
    opinion varchar(2000),
    proposed_by {uuid} REFERENCES account (id),
    excluded boolean,
    decided_by {uuid} REFERENCES account (id),
    settlement varchar(2000),
    opened_at {instant} NOT NULL,
    ended_at {instant},
    version integer NOT NULL,
    UNIQUE (evaluation_id, department_id),
    CHECK ((evaluation_id IS NULL) <> (obligation_id IS NULL)),
    CHECK ((obligation_id IS NULL) = (enterprise_id IS NULL)),
    CHECK (evaluation_id IS NULL OR department_id IS NOT NULL),
    CHECK ((verification IS NULL) = (finding IS NULL)),
    CHECK ((complexity IS NULL) = (plan IS NULL)),
    CHECK ((exclude IS NULL) = (opinion IS NULL)),
    CHECK ((excluded IS NULL) = (decided_by IS NULL)),
    CHECK ((state = 'EXCLUDED') = (excluded IS NOT NULL AND excluded)),
    CHECK ((settlement IS NULL) = (state <> 'SETTLED')),
    CHECK (decided_by IS NULL OR decided_by <> proposed_by),
    CHECK ((state IN ('CLOSED', 'EXCLUDED', 'SETTLED')) = (ended_at IS NOT NULL))
);
INSERT INTO rectification (id, evaluation_id, obligation_id, enterprise_id, department_id, about_zh, about_en, state, reopened, contact_deadline_id, reply_deadline_id,
    contact, verification, finding, complexity, plan, reply, appeal, exclude, opinion, proposed_by, excluded, decided_by, settlement, opened_at,
    ended_at, version)
    SELECT id, evaluation_id, obligation_id, enterprise_id, department_id, about_zh, about_en, state, reopened, contact_deadline_id, reply_deadline_id,
        contact, verification, finding, complexity, plan, reply, appeal, exclude, opinion, proposed_by, CASE WHEN decided_by IS NOT NULL THEN state = 'EXCLUDED' END, decided_by, NULL, opened_at,
        CASE WHEN state <> 'SUPERVISED' THEN ended_at END, version FROM rectification_before;
DROP TABLE rectification_before;
CREATE INDEX rectification_by_department ON rectification (department_id);
CREATE INDEX rectification_by_enterprise ON rectification (enterprise_id);
CREATE INDEX rectification_under_way ON rectification (state) WHERE ended_at IS NULL;
