-- One form of an enterprise for several items: what was filled in, and what was handed in. It is a draft until it is received, and never
-- changes then; each of its items is a case of its own from that moment.
CREATE TABLE application (
    id {uuid} PRIMARY KEY NOT NULL,
    number varchar(20) UNIQUE CHECK (number <> ''),
    enterprise_id {uuid} NOT NULL REFERENCES enterprise (id),
    project_id {uuid} REFERENCES project (id),
    edition_id {uuid} NOT NULL REFERENCES catalogue_edition (id),
    state varchar(8) NOT NULL CHECK (state IN ('DRAFT', 'RECEIVED')),
    channel varchar(8) NOT NULL CHECK (channel IN ('ONLINE', 'WINDOW', 'AGENT', 'MAIL')),
    created_by {uuid} NOT NULL REFERENCES account (id),
    created_at {instant} NOT NULL,
    changed_at {instant} NOT NULL,
    -- A draft is deleted after this day unless it is changed before.
    kept_until {date},
    reminded_on {date},
    received_by {uuid} REFERENCES account (id),
    received_at {instant},
    version integer NOT NULL CHECK (version > 0),
    CHECK ((state = 'DRAFT') = (kept_until IS NOT NULL)),
    CHECK ((state = 'RECEIVED') = (number IS NOT NULL) AND (state = 'RECEIVED') = (received_at IS NOT NULL))
);
CREATE INDEX application_by_creation ON application (created_at, id);
CREATE INDEX application_by_enterprise ON application (enterprise_id, created_at, id);
CREATE INDEX application_by_project ON application (project_id, created_at, id);
CREATE INDEX application_draft_by_author ON application (created_by) WHERE state = 'DRAFT';
CREATE INDEX application_kept_until ON application (kept_until, id) WHERE state = 'DRAFT';

-- Its items, each by the version that held when it was chosen or answered again.
CREATE TABLE application_item (
    application_id {uuid} NOT NULL REFERENCES application (id),
    item_id {uuid} NOT NULL REFERENCES item (id),
    version_id {uuid} NOT NULL REFERENCES item_version (id),
    PRIMARY KEY (application_id, item_id)
);

-- What the applicant was told of each item on the receipt. It never changes, whatever becomes of calendars and cases.
CREATE TABLE receipt_answer (
    application_id {uuid} NOT NULL,
    item_id {uuid} NOT NULL,
    notice_by {date},
    promised_by {date},
    lawful_by {date},
    follow_by {date},
    from_acceptance boolean NOT NULL,
    silence varchar(24),
    PRIMARY KEY (application_id, item_id),
    FOREIGN KEY (application_id, item_id) REFERENCES application_item (application_id, item_id),
    CHECK (promised_by IS NULL OR lawful_by IS NULL OR promised_by <= lawful_by)
);

-- What was filled in, field by field; of a received application also what was on record then, with where and since when.
CREATE TABLE application_field (
    application_id {uuid} NOT NULL REFERENCES application (id),
    key varchar(60) NOT NULL CHECK (key <> ''),
    value {json} NOT NULL,
    source varchar(16) NOT NULL CHECK (source IN ('ASK', 'ENTERPRISE_FILE', 'PROJECT_FILE', 'COMPUTED')),
    on_record_since {date},
    -- Why what is on record is disputed, and what that is.
    disputed_for varchar(500) CHECK (disputed_for <> ''),
    on_record {json},
    filled_by {uuid} NOT NULL REFERENCES account (id),
    filled_at {instant} NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    PRIMARY KEY (application_id, key),
    CHECK ((source = 'ASK') = (on_record_since IS NULL)),
    CHECK ((disputed_for IS NULL) = (on_record IS NULL)),
    CHECK (disputed_for IS NULL OR source = 'ASK')
);

-- What is handed in: the files of a material, or the promise that replaces it, or that it follows. A material that several items share has
-- the key that they share, every other one that of its item with its number: "R04/3".
CREATE TABLE application_material (
    application_id {uuid} NOT NULL REFERENCES application (id),
    material varchar(60) NOT NULL CHECK (material <> ''),
    way varchar(8) NOT NULL CHECK (way IN ('FILE', 'FOLLOWS', 'PROMISE')),
    PRIMARY KEY (application_id, material)
);

CREATE TABLE application_file (
    application_id {uuid} NOT NULL,
    material varchar(60) NOT NULL,
    document_id {uuid} NOT NULL REFERENCES document (id),
    place integer NOT NULL CHECK (place > 0),
    PRIMARY KEY (application_id, material, place),
    UNIQUE (application_id, material, document_id),
    FOREIGN KEY (application_id, material) REFERENCES application_material (application_id, material)
);
CREATE INDEX application_file_by_document ON application_file (document_id);

-- The last number that was given in a year.
CREATE TABLE application_serial (
    year integer PRIMARY KEY NOT NULL,
    last integer NOT NULL CHECK (last > 0)
);
