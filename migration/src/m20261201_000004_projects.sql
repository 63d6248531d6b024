CREATE TABLE project (
    id {uuid} PRIMARY KEY NOT NULL,
    contract_id {uuid} NOT NULL REFERENCES contract (id),
    enterprise_id {uuid} NOT NULL REFERENCES enterprise (id),
    name varchar(200) NOT NULL,
    state varchar(8) NOT NULL CHECK (state IN ('ACTIVE', 'ON_HOLD', 'DROPPED', 'DONE')),
    state_reason varchar(1000),
    created_at {instant} NOT NULL,
    version integer NOT NULL,
    UNIQUE (contract_id, name),
    CHECK (state NOT IN ('ON_HOLD', 'DROPPED') OR state_reason IS NOT NULL)
);
CREATE INDEX project_by_enterprise ON project (enterprise_id);

CREATE TABLE project_stage (
    id {uuid} PRIMARY KEY NOT NULL,
    project_id {uuid} NOT NULL REFERENCES project (id),
    number integer NOT NULL CHECK (number BETWEEN 1 AND 10),
    entered_on {date},
    left_on {date},
    version integer NOT NULL,
    UNIQUE (project_id, number),
    CHECK (left_on IS NULL OR left_on >= entered_on)
);

CREATE TABLE project_requirement (
    id {uuid} PRIMARY KEY NOT NULL,
    project_id {uuid} NOT NULL REFERENCES project (id),
    code varchar(40) NOT NULL,
    outcome varchar(16) NOT NULL CHECK (outcome IN ('MET', 'NOT_APPLICABLE', 'OVERRIDDEN')),
    document_number varchar(100),
    document_date {date},
    document_id {uuid} REFERENCES document (id),
    reason varchar(1000),
    recorded_by {uuid} REFERENCES account (id),
    recorded_at {instant} NOT NULL,
    UNIQUE (project_id, code),
    CHECK (outcome <> 'MET' OR (document_number IS NOT NULL AND document_date IS NOT NULL)),
    CHECK (outcome = 'MET' OR reason IS NOT NULL)
);

CREATE TABLE milestone (
    id {uuid} PRIMARY KEY NOT NULL,
    project_id {uuid} NOT NULL REFERENCES project (id),
    enterprise_id {uuid} NOT NULL REFERENCES enterprise (id),
    position integer NOT NULL CHECK (position > 0),
    stage_number integer CHECK (stage_number BETWEEN 1 AND 10),
    name varchar(200) NOT NULL,
    weight integer NOT NULL CHECK (weight > 0),
    baseline_on {date},
    forecast_on {date},
    actual_on {date},
    evidence_document_id {uuid} REFERENCES document (id),
    version integer NOT NULL,
    UNIQUE (project_id, position),
    CHECK ((baseline_on IS NULL) = (forecast_on IS NULL))
);
CREATE INDEX milestone_by_enterprise ON milestone (enterprise_id);

CREATE TABLE milestone_change (
    id {uuid} PRIMARY KEY NOT NULL,
    milestone_id {uuid} NOT NULL REFERENCES milestone (id),
    forecast_from {date},
    forecast_to {date},
    reason varchar(1000) NOT NULL,
    changed_by {uuid} REFERENCES account (id),
    changed_at {instant} NOT NULL
);
CREATE INDEX milestone_change_by_milestone ON milestone_change (milestone_id);

CREATE TABLE progress_report (
    id {uuid} PRIMARY KEY NOT NULL,
    project_id {uuid} NOT NULL REFERENCES project (id),
    reported_on {date} NOT NULL,
    percent integer NOT NULL CHECK (percent BETWEEN 0 AND 100),
    note varchar(2000) NOT NULL,
    reported_by {uuid} REFERENCES account (id),
    reported_at {instant} NOT NULL
);
CREATE INDEX progress_report_by_project ON progress_report (project_id, reported_on);
