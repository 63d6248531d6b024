CREATE TABLE calendar_import (
    id {uuid} PRIMARY KEY NOT NULL,
    notice_year integer NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    source varchar(300) NOT NULL,
    sha256 varchar(64) NOT NULL,
    imported_by {uuid} REFERENCES account (id),
    imported_at {instant} NOT NULL,
    UNIQUE (notice_year, revision)
);

CREATE TABLE calendar_day (
    import_id {uuid} NOT NULL REFERENCES calendar_import (id),
    day {date} NOT NULL,
    kind varchar(8) NOT NULL CHECK (kind IN ('HOLIDAY', 'WORKDAY')),
    name_zh varchar(100) NOT NULL,
    name_en varchar(100) NOT NULL,
    PRIMARY KEY (import_id, day)
);

CREATE TABLE deadline (
    id {uuid} PRIMARY KEY NOT NULL,
    legal_effect varchar(10) NOT NULL CHECK (legal_effect IN ('PLANNED', 'PROMISED', 'STATUTORY')),
    on_expiry varchar(8) NOT NULL CHECK (on_expiry IN ('WARN', 'ESCALATE', 'DEEM')),
    unit varchar(12) NOT NULL CHECK (unit IN ('WORKING_DAY', 'CALENDAR_DAY')),
    limit_days integer NOT NULL CHECK (limit_days >= 0),
    extension_days integer NOT NULL CHECK (extension_days >= 0),
    extension_reason varchar(1000),
    started_on {date} NOT NULL,
    consumed_days integer NOT NULL CHECK (consumed_days >= 0),
    running_since {date},
    paused_on {date},
    resume_expected_on {date},
    state varchar(10) NOT NULL CHECK (state IN ('RUNNING', 'PAUSED', 'MET', 'MISSED', 'CANCELLED')),
    due_on {date} NOT NULL,
    provisional boolean NOT NULL,
    closed_on {date},
    version integer NOT NULL,
    -- No light but green before this day: the last 30 % of the working days are fewer than twice as many days and a long holiday.
    -- The warnings look only at what has reached it.
    warn_from {date} NOT NULL GENERATED ALWAYS AS ({warn_from}) STORED,
    CHECK ((state = 'RUNNING') = (running_since IS NOT NULL)),
    CHECK ((state = 'PAUSED') = (paused_on IS NOT NULL)),
    CHECK (resume_expected_on IS NULL OR resume_expected_on >= paused_on),
    CHECK ((state IN ('MET', 'MISSED', 'CANCELLED')) = (closed_on IS NOT NULL)),
    CHECK (extension_days = 0 OR extension_reason IS NOT NULL)
);
CREATE INDEX deadline_open ON deadline (due_on) WHERE state IN ('RUNNING', 'PAUSED');
CREATE INDEX deadline_to_warn ON deadline (warn_from, id) WHERE state = 'RUNNING';

CREATE TABLE deadline_pause (
    id {uuid} PRIMARY KEY NOT NULL,
    deadline_id {uuid} NOT NULL REFERENCES deadline (id),
    kind varchar(12) NOT NULL CHECK (kind IN ('HEARING', 'BID', 'AUCTION', 'INSPECT', 'TEST', 'QUARANTINE', 'APPRAISE',
        'EXPERT', 'AGREED')),
    reason varchar(1000) NOT NULL,
    document_id {uuid} NOT NULL REFERENCES document (id),
    started_on {date} NOT NULL,
    expected_end_on {date},
    ended_on {date},
    CHECK (expected_end_on IS NULL OR expected_end_on >= started_on),
    CHECK (ended_on IS NULL OR ended_on >= started_on)
);
CREATE UNIQUE INDEX deadline_pause_one_open ON deadline_pause (deadline_id) WHERE ended_on IS NULL;
CREATE INDEX deadline_pause_by_deadline ON deadline_pause (deadline_id);
