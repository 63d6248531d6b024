-- An application for one item, by the version of the item that held when it was received. "case" is a word of SQL.
CREATE TABLE approval_case (
    id {uuid} PRIMARY KEY NOT NULL,
    number varchar(32) NOT NULL UNIQUE CHECK (number <> ''),
    application_id {uuid} NOT NULL,
    item_id {uuid} NOT NULL,
    version_id {uuid} NOT NULL REFERENCES item_version (id),
    enterprise_id {uuid} NOT NULL REFERENCES enterprise (id),
    project_id {uuid} REFERENCES project (id),
    department_id {uuid} NOT NULL REFERENCES department (id),
    officer_id {uuid} REFERENCES account (id),
    -- The answers by which its limits and its materials follow from the version.
    answers {json} NOT NULL,
    -- Whether a written promise replaces a material, so that a check follows the grant.
    promises boolean NOT NULL,
    silence varchar(2) NOT NULL CHECK (silence IN ('T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'X')),
    state varchar(20) NOT NULL CHECK (state IN ('RECEIVED', 'CORRECTION_ASKED', 'ACCEPTED', 'PENDING_CONFIRMATION', 'DECIDED', 'DELIVERED', 'ENDED', 'REVOKED')),
    received_at {instant} NOT NULL,
    received_on {date} NOT NULL,
    accepted_on {date},
    acceptance varchar(8) CHECK (acceptance IN ('EXPRESS', 'DEEMED')),
    -- The decision: what was proposed, and then what was decided.
    outcome varchar(16) CHECK (outcome IN ('GRANTED', 'REFUSED', 'FILED', 'DEEMED_GRANTED', 'NOT_REQUIRED', 'NOT_COMPETENT', 'WITHDRAWN', 'LAPSED')),
    reasons varchar(4000) CHECK (reasons <> ''),
    proposed_by {uuid} REFERENCES account (id),
    proposed_at {instant},
    decided_by {uuid} REFERENCES account (id),
    decided_at {instant},
    decided_on {date},
    paper_number varchar(60) CHECK (paper_number <> ''),
    paper_id {uuid} REFERENCES document (id),
    delivered_on {date},
    delivery varchar(10) CHECK (delivery IN ('WINDOW', 'POST', 'ELECTRONIC')),
    -- The first day on which its clocks stand, while they do.
    paused_on {date},
    -- The earliest end of its open clocks that the office owes, else that its applicant owes, else of the last one that was open; and from when those
    -- of the office show at least each light.
    due_on {date} NOT NULL,
    yellow_from {date},
    orange_from {date},
    red_from {date},
    black_from {date},
    version integer NOT NULL CHECK (version > 0),
    UNIQUE (application_id, item_id),
    FOREIGN KEY (application_id, item_id) REFERENCES application_item (application_id, item_id),
    CHECK ((accepted_on IS NULL) = (acceptance IS NULL)),
    CHECK (state <> 'ACCEPTED' OR accepted_on IS NOT NULL),
    CHECK ((state IN ('DECIDED', 'DELIVERED', 'ENDED', 'REVOKED')) = (decided_on IS NOT NULL)),
    CHECK (decided_on IS NULL OR outcome IS NOT NULL),
    -- Only where a law says so does silence grant.
    CHECK (outcome <> 'DEEMED_GRANTED' OR silence IN ('T2', 'T3')),
    CHECK (state <> 'PENDING_CONFIRMATION' OR silence = 'T5'),
    CHECK (outcome <> 'REFUSED' OR reasons IS NOT NULL),
    CHECK ((delivered_on IS NULL) = (delivery IS NULL)),
    CHECK (paused_on IS NULL OR state = 'ACCEPTED')
);
-- What is not over, which stays small however much was decided: the queues of a department, of an officer and of the park by their days and by
-- their receipt, and what is counted again when a calendar changes.
CREATE INDEX approval_case_queue ON approval_case (department_id, due_on, id) WHERE decided_on IS NULL OR red_from IS NOT NULL;
CREATE INDEX approval_case_queue_received ON approval_case (department_id, received_at, id) WHERE decided_on IS NULL OR red_from IS NOT NULL;
CREATE INDEX approval_case_of_officer ON approval_case (officer_id, due_on, id) WHERE decided_on IS NULL OR red_from IS NOT NULL;
CREATE INDEX approval_case_going ON approval_case (due_on, id) WHERE decided_on IS NULL OR red_from IS NOT NULL;
CREATE INDEX approval_case_going_received ON approval_case (received_at, id) WHERE decided_on IS NULL OR red_from IS NOT NULL;
CREATE INDEX approval_case_going_by_key ON approval_case (id) WHERE decided_on IS NULL OR red_from IS NOT NULL;
-- All cases of an enterprise, of a project, of an item, of a department and of an officer, and the register; and who applies at a department.
CREATE INDEX approval_case_by_enterprise ON approval_case (enterprise_id, received_at, id);
CREATE INDEX approval_case_by_project ON approval_case (project_id, received_at, id);
CREATE INDEX approval_case_by_department ON approval_case (department_id, received_at, id);
CREATE INDEX approval_case_by_department_due ON approval_case (department_id, due_on, id);
CREATE INDEX approval_case_by_officer ON approval_case (officer_id, received_at, id) WHERE officer_id IS NOT NULL;
CREATE INDEX approval_case_applying ON approval_case (enterprise_id, department_id);
CREATE INDEX approval_case_by_item ON approval_case (item_id, received_at, id);
CREATE INDEX approval_case_by_paper ON approval_case (paper_id) WHERE paper_id IS NOT NULL;
CREATE INDEX approval_case_register ON approval_case (received_at, id);
CREATE INDEX approval_case_register_due ON approval_case (due_on, id);

-- The materials that its version asks for by its answers: of the application, the files of these are of this case.
CREATE TABLE case_material (
    case_id {uuid} NOT NULL REFERENCES approval_case (id),
    material varchar(60) NOT NULL CHECK (material <> ''),
    PRIMARY KEY (case_id, material)
);

-- The clocks of a case, each a time limit.
CREATE TABLE case_clock (
    deadline_id {uuid} PRIMARY KEY NOT NULL REFERENCES deadline (id),
    case_id {uuid} NOT NULL REFERENCES approval_case (id),
    clock varchar(10) NOT NULL CHECK (clock IN ('NOTICE', 'STATUTORY', 'PROMISED', 'CORRECTION', 'SUPPLEMENT', 'DELIVERY', 'CONFIRM', 'FOLLOW_UP')),
    number integer NOT NULL CHECK (number > 0),
    UNIQUE (case_id, clock, number)
);

-- What happened to a case, as its applicant reads it: who, when, why. Nothing of it changes or is deleted.
CREATE TABLE case_event (
    id {uuid} PRIMARY KEY NOT NULL,
    case_id {uuid} NOT NULL REFERENCES approval_case (id),
    place integer NOT NULL CHECK (place > 0),
    kind varchar(20) NOT NULL CHECK (kind <> ''),
    at {instant} NOT NULL,
    -- Nobody where the program acted by itself, then the run that did.
    account_id {uuid} REFERENCES account (id),
    run varchar(120) CHECK (run <> ''),
    reason varchar(4000) CHECK (reason <> ''),
    UNIQUE (case_id, place)
);

-- What is missing, told once: each line with its reason. A second notice says why the first did not have it.
CREATE TABLE case_notice (
    id {uuid} PRIMARY KEY NOT NULL,
    case_id {uuid} NOT NULL REFERENCES approval_case (id),
    number integer NOT NULL CHECK (number > 0),
    content {json} NOT NULL,
    again_for varchar(1000) CHECK (again_for <> ''),
    asked_by {uuid} NOT NULL REFERENCES account (id),
    asked_at {instant} NOT NULL,
    answer_by {date} NOT NULL,
    answered_at {instant},
    UNIQUE (case_id, number),
    CHECK ((number > 1) = (again_for IS NOT NULL))
);
CREATE INDEX case_notice_again ON case_notice (case_id) WHERE again_for IS NOT NULL;

-- A pause of the clocks of a case, and what its applicant says against it.
CREATE TABLE case_pause (
    id {uuid} PRIMARY KEY NOT NULL,
    case_id {uuid} NOT NULL REFERENCES approval_case (id),
    number integer NOT NULL CHECK (number > 0),
    kind varchar(12) NOT NULL CHECK (kind <> ''),
    reason varchar(1000) NOT NULL CHECK (reason <> ''),
    document_id {uuid} NOT NULL REFERENCES document (id),
    started_on {date} NOT NULL,
    expected_end_on {date} NOT NULL,
    ended_on {date},
    contested_for varchar(1000) CHECK (contested_for <> ''),
    contested_by {uuid} REFERENCES account (id),
    contested_at {instant},
    upheld boolean,
    settled_for varchar(1000) CHECK (settled_for <> ''),
    settled_by {uuid} REFERENCES account (id),
    settled_at {instant},
    UNIQUE (case_id, number),
    CHECK (expected_end_on >= started_on),
    CHECK ((contested_at IS NULL) = (contested_for IS NULL)),
    CHECK ((settled_at IS NULL) = (settled_for IS NULL) AND (settled_at IS NULL) = (upheld IS NULL)),
    CHECK (settled_at IS NULL OR contested_at IS NOT NULL)
);
CREATE UNIQUE INDEX case_pause_open ON case_pause (case_id) WHERE ended_on IS NULL;
CREATE INDEX case_pause_by_document ON case_pause (document_id);
CREATE INDEX case_pause_contested ON case_pause (contested_at, id) WHERE contested_at IS NOT NULL AND settled_at IS NULL;

-- The files that followed after receipt: what had been missing, and what was allowed to follow.
CREATE TABLE case_file (
    case_id {uuid} NOT NULL REFERENCES approval_case (id),
    material varchar(60) NOT NULL CHECK (material <> ''),
    place integer NOT NULL CHECK (place > 0),
    document_id {uuid} NOT NULL REFERENCES document (id),
    handed_in_by {uuid} NOT NULL REFERENCES account (id),
    handed_in_at {instant} NOT NULL,
    PRIMARY KEY (case_id, material, place)
);
CREATE INDEX case_file_by_document ON case_file (document_id);

-- The review checklist: one answer for each line.
CREATE TABLE case_check (
    case_id {uuid} NOT NULL REFERENCES approval_case (id),
    line varchar(60) NOT NULL CHECK (line <> ''),
    is_met boolean NOT NULL,
    note varchar(500) CHECK (note <> ''),
    checked_by {uuid} NOT NULL REFERENCES account (id),
    checked_at {instant} NOT NULL,
    PRIMARY KEY (case_id, line)
);
