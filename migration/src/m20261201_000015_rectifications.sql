CREATE TABLE rating (
    id {uuid} PRIMARY KEY NOT NULL,
    obligation_id {uuid} NOT NULL REFERENCES obligation (id),
    enterprise_id {uuid} NOT NULL REFERENCES enterprise (id),
    department_id {uuid} REFERENCES department (id),
    round integer NOT NULL CHECK (round BETWEEN 0 AND 2),
    level varchar(20) NOT NULL CHECK (level IN ('VERY_SATISFIED', 'SATISFIED', 'BASICALLY_SATISFIED', 'DISSATISFIED',
        'VERY_DISSATISFIED')),
    causes {json} NOT NULL,
    comment varchar(500),
    rated_by {uuid} REFERENCES account (id),
    rated_at {instant} NOT NULL,
    UNIQUE (obligation_id, round)
);
CREATE INDEX rating_by_enterprise ON rating (enterprise_id);
CREATE INDEX rating_by_department ON rating (department_id);

CREATE TABLE rectification (
    id {uuid} PRIMARY KEY NOT NULL,
    evaluation_id {uuid} REFERENCES evaluation (id),
    obligation_id {uuid} UNIQUE REFERENCES obligation (id),
    enterprise_id {uuid} REFERENCES enterprise (id),
    department_id {uuid} REFERENCES department (id),
    about_zh varchar(1000) NOT NULL,
    about_en varchar(1000) NOT NULL,
    state varchar(10) NOT NULL CHECK (state IN ('OPEN', 'CONTACTED', 'VERIFIED', 'APPEALED', 'UPHELD', 'EXCLUDED', 'RECTIFYING',
        'FED_BACK', 'REOPENED', 'CLOSED', 'SUPERVISED')),
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
    decided_by {uuid} REFERENCES account (id),
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
    CHECK (decided_by IS NULL OR decided_by <> proposed_by),
    CHECK ((state IN ('CLOSED', 'EXCLUDED', 'SUPERVISED')) = (ended_at IS NOT NULL))
);
CREATE INDEX rectification_by_department ON rectification (department_id);
CREATE INDEX rectification_by_enterprise ON rectification (enterprise_id);
CREATE INDEX rectification_under_way ON rectification (state) WHERE ended_at IS NULL;
