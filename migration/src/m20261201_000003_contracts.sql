CREATE TABLE contract (
    id {uuid} PRIMARY KEY NOT NULL,
    number varchar(40) NOT NULL UNIQUE,
    enterprise_id {uuid} NOT NULL REFERENCES enterprise (id),
    predecessor_id {uuid} REFERENCES contract (id),
    origin varchar(12) NOT NULL CHECK (origin IN ('DRAFTED', 'PAPER')),
    state varchar(16) NOT NULL CHECK (state IN ('DRAFT', 'LEGAL_REVIEW', 'LEADER_APPROVED', 'SIGNED', 'ACTIVE', 'AMENDING',
        'SUSPENDED', 'RENEWED', 'EXPIRED', 'TERMINATED')),
    park_party varchar(200) NOT NULL,
    park_signatory varchar(100),
    enterprise_signatory varchar(100),
    starts_on {date} NOT NULL,
    ends_on {date} NOT NULL,
    signed_on {date},
    legality_opinion varchar(2000),
    fair_competition_opinion varchar(2000),
    approved_by {uuid} REFERENCES account (id),
    approved_at {instant},
    state_reason varchar(1000),
    suspension_document_id {uuid} REFERENCES document (id),
    ended_on {date},
    created_at {instant} NOT NULL,
    version integer NOT NULL,
    CHECK (ends_on >= starts_on),
    CHECK (state IN ('DRAFT', 'LEGAL_REVIEW', 'LEADER_APPROVED', 'TERMINATED') OR signed_on IS NOT NULL),
    CHECK (state NOT IN ('SUSPENDED', 'TERMINATED') OR state_reason IS NOT NULL),
    CHECK ((state = 'SUSPENDED') = (suspension_document_id IS NOT NULL))
);
CREATE UNIQUE INDEX contract_one_active ON contract (enterprise_id) WHERE state IN ('ACTIVE', 'AMENDING', 'SUSPENDED');
CREATE INDEX contract_by_enterprise ON contract (enterprise_id);
CREATE INDEX contract_by_end ON contract (ends_on) WHERE state IN ('SIGNED', 'ACTIVE', 'AMENDING', 'SUSPENDED');

CREATE TABLE contract_clause (
    id {uuid} PRIMARY KEY NOT NULL,
    contract_id {uuid} NOT NULL REFERENCES contract (id),
    number integer NOT NULL CHECK (number > 0),
    revision integer NOT NULL CHECK (revision > 0),
    title varchar(100) NOT NULL,
    body varchar(8000) NOT NULL,
    amendment_reason varchar(1000),
    effective_on {date},
    ended_on {date},
    UNIQUE (contract_id, number, revision),
    CHECK (ended_on IS NULL OR effective_on IS NULL OR ended_on >= effective_on)
);
CREATE UNIQUE INDEX contract_clause_one_in_force ON contract_clause (contract_id, number) WHERE ended_on IS NULL;

CREATE TABLE commitment (
    id {uuid} PRIMARY KEY NOT NULL,
    contract_id {uuid} NOT NULL REFERENCES contract (id),
    clause_id {uuid} NOT NULL REFERENCES contract_clause (id),
    number integer NOT NULL CHECK (number > 0),
    kind varchar(10) NOT NULL CHECK (kind IN ('ONCE', 'RECURRING', 'ON_EVENT')),
    recurrence varchar(8) CHECK (recurrence IN ('WEEK', 'MONTH')),
    text_zh varchar(500) NOT NULL,
    text_en varchar(500) NOT NULL,
    start_event varchar(60) NOT NULL,
    limit_days integer NOT NULL CHECK (limit_days >= 0),
    unit varchar(12) NOT NULL CHECK (unit IN ('WORKING_DAY', 'CALENDAR_DAY')),
    legal_effect varchar(10) NOT NULL CHECK (legal_effect IN ('PROMISED', 'STATUTORY')),
    legal_basis varchar(300),
    owner varchar(10) NOT NULL CHECK (owner IN ('LIAISON', 'CENTRE', 'DEPARTMENT')),
    department_id {uuid} REFERENCES department (id),
    evidence_kind varchar(40) NOT NULL,
    effective_on {date},
    ended_on {date},
    version integer NOT NULL,
    UNIQUE (contract_id, number),
    CHECK ((kind = 'RECURRING') = (recurrence IS NOT NULL)),
    CHECK ((owner = 'DEPARTMENT') = (department_id IS NOT NULL)),
    CHECK (legal_effect = 'PROMISED' OR legal_basis IS NOT NULL)
);
CREATE INDEX commitment_by_contract ON commitment (contract_id);
CREATE INDEX commitment_by_clause ON commitment (clause_id);

CREATE TABLE obligation (
    id {uuid} PRIMARY KEY NOT NULL,
    commitment_id {uuid} NOT NULL REFERENCES commitment (id),
    contract_id {uuid} NOT NULL REFERENCES contract (id),
    enterprise_id {uuid} NOT NULL REFERENCES enterprise (id),
    deadline_id {uuid} NOT NULL UNIQUE REFERENCES deadline (id),
    occasion varchar(80) NOT NULL,
    event_note varchar(1000),
    state varchar(10) NOT NULL CHECK (state IN ('OPEN', 'FULFILLED', 'MISSED', 'CANCELLED')),
    opened_at {instant} NOT NULL,
    closed_at {instant},
    closed_by {uuid} REFERENCES account (id),
    evidence_document_id {uuid} REFERENCES document (id),
    evidence_note varchar(1000),
    days_late integer CHECK (days_late >= 0),
    public_reason varchar(1000),
    version integer NOT NULL,
    UNIQUE (commitment_id, occasion),
    CHECK ((state = 'OPEN') = (closed_at IS NULL)),
    CHECK (state <> 'MISSED' OR public_reason IS NOT NULL)
);
CREATE INDEX obligation_by_contract ON obligation (contract_id);
CREATE INDEX obligation_by_enterprise ON obligation (enterprise_id);
CREATE INDEX obligation_open ON obligation (deadline_id) WHERE state = 'OPEN';
