CREATE TABLE evaluation_design (
    id {uuid} PRIMARY KEY NOT NULL,
    version integer NOT NULL UNIQUE CHECK (version > 0),
    wording {json} NOT NULL,
    parameters {json} NOT NULL,
    reason varchar(1000) NOT NULL,
    adopted_by {uuid} REFERENCES account (id),
    adopted_at {instant} NOT NULL
);

CREATE TABLE evaluation (
    id {uuid} PRIMARY KEY NOT NULL,
    quarter varchar(7) NOT NULL UNIQUE,
    from_on {date} NOT NULL,
    to_on {date} NOT NULL,
    state varchar(10) NOT NULL CHECK (state IN ('COMPILED', 'OPEN', 'CLOSED', 'SCORED', 'APPROVED', 'PUBLISHED')),
    design_id {uuid} NOT NULL REFERENCES evaluation_design (id),
    departments {json} NOT NULL,
    compiled_on {date} NOT NULL,
    opens_on {date} NOT NULL,
    first_reminder_on {date} NOT NULL,
    second_reminder_on {date} NOT NULL,
    closes_on {date} NOT NULL,
    score_on {date} NOT NULL,
    objections_until {date} NOT NULL,
    approve_by {date} NOT NULL,
    publish_by {date},
    reminders integer NOT NULL CHECK (reminders BETWEEN 0 AND 2),
    invited integer NOT NULL CHECK (invited >= 0),
    answered integer NOT NULL CHECK (answered BETWEEN 0 AND invited),
    unnamed integer NOT NULL CHECK (unnamed BETWEEN 0 AND answered),
    uncounted integer NOT NULL CHECK (uncounted >= 0),
    pooled integer NOT NULL CHECK (pooled BETWEEN 0 AND 4),
    approved_by {uuid} REFERENCES account (id),
    approved_at {instant},
    published_by {uuid} REFERENCES account (id),
    published_at {instant},
    version integer NOT NULL,
    CHECK (from_on < to_on),
    CHECK (compiled_on < opens_on AND opens_on < first_reminder_on AND first_reminder_on < second_reminder_on
        AND second_reminder_on < closes_on AND closes_on < score_on AND score_on < objections_until
        AND objections_until < approve_by),
    CHECK ((state IN ('APPROVED', 'PUBLISHED')) = (approved_at IS NOT NULL)),
    CHECK ((approved_at IS NULL) = (publish_by IS NULL)),
    CHECK ((state = 'PUBLISHED') = (published_at IS NOT NULL))
);
CREATE INDEX evaluation_under_way ON evaluation (state) WHERE state IN ('COMPILED', 'OPEN', 'CLOSED');

CREATE TABLE evaluation_form (
    id {uuid} PRIMARY KEY NOT NULL,
    evaluation_id {uuid} NOT NULL REFERENCES evaluation (id),
    enterprise_id {uuid} NOT NULL REFERENCES enterprise (id),
    contracted boolean NOT NULL,
    departments {json} NOT NULL,
    facts {json} NOT NULL,
    confidentiality varchar(10) CHECK (confidentiality IN ('NAMED', 'SUPERVISOR', 'UNNAMED')),
    submitted boolean NOT NULL,
    UNIQUE (evaluation_id, enterprise_id)
);
CREATE INDEX evaluation_form_by_enterprise ON evaluation_form (enterprise_id);

CREATE TABLE evaluation_link (
    secret_hash varchar(64) PRIMARY KEY NOT NULL,
    form_id {uuid} NOT NULL REFERENCES evaluation_form (id)
);
CREATE INDEX evaluation_link_by_form ON evaluation_link (form_id);

CREATE TABLE evaluation_response (
    id {uuid} PRIMARY KEY NOT NULL,
    evaluation_id {uuid} NOT NULL REFERENCES evaluation (id),
    form_id {uuid} NOT NULL UNIQUE REFERENCES evaluation_form (id),
    enterprise_id {uuid} NOT NULL REFERENCES enterprise (id),
    confidentiality varchar(10) NOT NULL CHECK (confidentiality IN ('NAMED', 'SUPERVISOR')),
    answers {json} NOT NULL,
    submitted boolean NOT NULL,
    version integer NOT NULL
);
CREATE INDEX evaluation_response_by_evaluation ON evaluation_response (evaluation_id);
CREATE INDEX evaluation_response_by_enterprise ON evaluation_response (enterprise_id);

CREATE TABLE evaluation_part (
    id {uuid} PRIMARY KEY NOT NULL,
    evaluation_id {uuid} NOT NULL REFERENCES evaluation (id),
    kind varchar(10) NOT NULL CHECK (kind IN ('DEPARTMENT', 'CONTRACT', 'CHECKS', 'WISH', 'COMMENT', 'LEAD', 'CALL_BACK')),
    department_id {uuid} REFERENCES department (id),
    content {json} NOT NULL,
    released boolean NOT NULL,
    CHECK (department_id IS NULL OR kind = 'DEPARTMENT')
);
CREATE INDEX evaluation_part_by_evaluation ON evaluation_part (evaluation_id, released);

CREATE TABLE evaluation_reading (
    id {uuid} PRIMARY KEY NOT NULL,
    response_id {uuid} NOT NULL REFERENCES evaluation_response (id),
    account_id {uuid} NOT NULL REFERENCES account (id),
    at {instant} NOT NULL
);
CREATE INDEX evaluation_reading_by_response ON evaluation_reading (response_id);

CREATE TABLE evaluation_result (
    evaluation_id {uuid} NOT NULL REFERENCES evaluation (id),
    revision integer NOT NULL CHECK (revision > 0),
    figures {json} NOT NULL,
    fingerprint varchar(64) NOT NULL,
    made_at {instant} NOT NULL,
    PRIMARY KEY (evaluation_id, revision)
);

CREATE TABLE evaluation_objection (
    id {uuid} PRIMARY KEY NOT NULL,
    evaluation_id {uuid} NOT NULL REFERENCES evaluation (id),
    department_id {uuid} NOT NULL REFERENCES department (id),
    state varchar(10) NOT NULL CHECK (state IN ('RAISED', 'PROPOSED', 'UPHELD', 'DISMISSED')),
    reason varchar(2000) NOT NULL,
    raised_by {uuid} NOT NULL REFERENCES account (id),
    raised_at {instant} NOT NULL,
    uphold boolean,
    excluded {json} NOT NULL,
    opinion varchar(2000),
    proposed_by {uuid} REFERENCES account (id),
    proposed_at {instant},
    decided_by {uuid} REFERENCES account (id),
    decided_at {instant},
    version integer NOT NULL,
    UNIQUE (evaluation_id, department_id),
    CHECK ((state = 'RAISED') = (proposed_at IS NULL)),
    CHECK ((state IN ('UPHELD', 'DISMISSED')) = (decided_at IS NOT NULL)),
    CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
