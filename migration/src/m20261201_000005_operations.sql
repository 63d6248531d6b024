CREATE TABLE audit_entry (
    id {uuid} PRIMARY KEY NOT NULL,
    at {instant} NOT NULL,
    actor_id {uuid} REFERENCES account (id),
    actor varchar(120) NOT NULL,
    action varchar(60) NOT NULL,
    subject_kind varchar(40) NOT NULL,
    subject_id {uuid} NOT NULL,
    before {json},
    after {json},
    reason varchar(2000)
);
CREATE INDEX audit_entry_by_subject ON audit_entry (subject_id);
CREATE INDEX audit_entry_by_time ON audit_entry (at);

CREATE TABLE letter (
    id {uuid} PRIMARY KEY NOT NULL,
    key varchar(200) NOT NULL UNIQUE,
    kind varchar(40) NOT NULL,
    class varchar(16) NOT NULL CHECK (class IN ('MUST_NOT_MISS', 'MUST_NOT_DOUBLE')),
    recipient_id {uuid} NOT NULL REFERENCES account (id),
    address varchar(254),
    facts {json} NOT NULL,
    created_at {instant} NOT NULL,
    not_before {instant} NOT NULL,
    not_after {instant},
    state varchar(12) NOT NULL CHECK (state IN ('PENDING', 'SENDING', 'SENT', 'AMBIGUOUS', 'HELD', 'DEAD', 'EXPIRED',
        'SUPPRESSED', 'CANCELLED')),
    attempts integer NOT NULL CHECK (attempts >= 0),
    resends integer NOT NULL CHECK (resends BETWEEN 0 AND 1),
    first_attempt_at {instant},
    next_attempt_at {instant} NOT NULL,
    lease_until {instant},
    holder varchar(80),
    phase varchar(8) CHECK (phase IN ('CONNECT', 'TLS', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'BODY')),
    message_id varchar(120) NOT NULL UNIQUE,
    frozen {bytes},
    last_code integer,
    last_text varchar(1000),
    sent_at {instant},
    escalated_at {instant},
    version integer NOT NULL
);
CREATE INDEX letter_due ON letter (next_attempt_at) WHERE state IN ('PENDING', 'SENDING', 'AMBIGUOUS');
CREATE INDEX letter_undelivered ON letter (created_at) WHERE state IN ('HELD', 'DEAD', 'EXPIRED', 'SUPPRESSED');
CREATE INDEX letter_by_recipient ON letter (recipient_id);

CREATE TABLE letter_attachment (
    letter_id {uuid} NOT NULL REFERENCES letter (id),
    position integer NOT NULL CHECK (position > 0),
    name varchar(200) NOT NULL,
    content_type varchar(100) NOT NULL,
    bytes {bytes} NOT NULL,
    PRIMARY KEY (letter_id, position)
);

CREATE TABLE letter_attempt (
    id {uuid} PRIMARY KEY NOT NULL,
    letter_id {uuid} NOT NULL REFERENCES letter (id),
    number integer NOT NULL CHECK (number > 0),
    started_at {instant} NOT NULL,
    ended_at {instant},
    phase varchar(8) NOT NULL,
    code integer,
    text varchar(1000),
    holder varchar(80) NOT NULL,
    UNIQUE (letter_id, number)
);

CREATE TABLE mail_state (
    id integer PRIMARY KEY NOT NULL CHECK (id = 1),
    database_id {uuid} NOT NULL,
    signing_key {bytes} NOT NULL,
    hold varchar(8) CHECK (hold IN ('PERSON', 'RESTORE')),
    held_at {instant},
    held_by {uuid} REFERENCES account (id),
    reason varchar(1000),
    released_at {instant},
    version integer NOT NULL,
    CHECK ((hold IS NULL) = (held_at IS NULL)),
    CHECK ((hold IS NULL) = (reason IS NULL))
);

CREATE TABLE suppressed_address (
    address varchar(254) PRIMARY KEY NOT NULL,
    since {instant} NOT NULL,
    refused_at {instant} NOT NULL,
    refusals integer NOT NULL CHECK (refusals > 0),
    letter_id {uuid} NOT NULL REFERENCES letter (id),
    reason varchar(1000) NOT NULL
);

CREATE TABLE warning (
    id {uuid} PRIMARY KEY NOT NULL,
    subject_kind varchar(20) NOT NULL CHECK (subject_kind IN ('OBLIGATION', 'CONTRACT')),
    subject_id {uuid} NOT NULL,
    threshold varchar(20) NOT NULL,
    recipient_id {uuid} NOT NULL REFERENCES account (id),
    superseded boolean NOT NULL,
    letter_id {uuid} REFERENCES letter (id),
    recorded_at {instant} NOT NULL,
    UNIQUE (subject_id, threshold, recipient_id)
);

CREATE TABLE schedule (
    id {uuid} PRIMARY KEY NOT NULL,
    name varchar(60) NOT NULL UNIQUE,
    what_zh varchar(400) NOT NULL,
    what_en varchar(400) NOT NULL,
    plan {json} NOT NULL,
    paused_until {instant},
    paused_by {uuid} REFERENCES account (id),
    pause_reason varchar(1000),
    caught_up_to {instant},
    version integer NOT NULL,
    CHECK ((paused_until IS NULL) = (pause_reason IS NULL))
);

CREATE TABLE job_run (
    id {uuid} PRIMARY KEY NOT NULL,
    job varchar(60) NOT NULL,
    nominal_at {instant} NOT NULL,
    cause varchar(10) NOT NULL CHECK (cause IN ('CLOCK', 'CATCH_UP', 'MANUAL')),
    request_key varchar(120),
    requested_by {uuid} REFERENCES account (id),
    reason varchar(1000),
    state varchar(10) NOT NULL CHECK (state IN ('CLAIMED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'SKIPPED', 'ABANDONED')),
    skipped_because varchar(12) CHECK (skipped_because IN ('OVERLAP', 'SUPERSEDED')),
    attempt integer NOT NULL CHECK (attempt > 0),
    failures integer NOT NULL CHECK (failures >= 0),
    retry_at {instant},
    holder varchar(80),
    lease_until {instant},
    as_of {instant},
    started_at {instant} NOT NULL,
    finished_at {instant},
    due integer NOT NULL CHECK (due >= 0),
    done integer NOT NULL CHECK (done >= 0),
    skipped integer NOT NULL CHECK (skipped >= 0),
    failed integer NOT NULL CHECK (failed >= 0),
    letters integer NOT NULL CHECK (letters >= 0),
    error varchar(4000),
    note varchar(4000),
    CHECK ((state = 'SKIPPED') = (skipped_because IS NOT NULL)),
    CHECK (state NOT IN ('SUCCEEDED', 'FAILED', 'SKIPPED', 'ABANDONED') OR finished_at IS NOT NULL)
);
CREATE UNIQUE INDEX job_run_one_per_tick ON job_run (job, nominal_at) WHERE cause <> 'MANUAL';
CREATE UNIQUE INDEX job_run_one_per_request ON job_run (job, request_key) WHERE request_key IS NOT NULL;
CREATE UNIQUE INDEX job_run_no_overlap ON job_run (job) WHERE state IN ('CLAIMED', 'RUNNING');
CREATE INDEX job_run_to_retry ON job_run (retry_at) WHERE retry_at IS NOT NULL;
CREATE INDEX job_run_by_job ON job_run (job, started_at);
CREATE INDEX job_run_by_time ON job_run (started_at);

CREATE TABLE idempotency_key (
    account_id {uuid} NOT NULL REFERENCES account (id),
    key varchar(120) NOT NULL,
    operation varchar(60) NOT NULL,
    input_hash varchar(64) NOT NULL,
    subject_id {uuid} NOT NULL,
    created_at {instant} NOT NULL,
    PRIMARY KEY (account_id, key)
);

CREATE TABLE ledger_row (
    contract_number varchar(40) PRIMARY KEY NOT NULL,
    contract_id {uuid} NOT NULL REFERENCES contract (id),
    row_hash varchar(64) NOT NULL,
    content {json} NOT NULL,
    imported_at {instant} NOT NULL
);
