-- What the items of the catalogue share, as typed documents: questions, the one form, the order, bundles, windows, history and codes.
-- An edition never changes; the newest is in force.
CREATE TABLE catalogue_edition (
    id {uuid} PRIMARY KEY NOT NULL,
    number integer NOT NULL UNIQUE CHECK (number > 0),
    content {json} NOT NULL,
    sha256 varchar(64) NOT NULL,
    example boolean NOT NULL,
    imported_by {uuid} REFERENCES account (id),
    imported_at {instant} NOT NULL
);

CREATE TABLE item (
    id {uuid} PRIMARY KEY NOT NULL,
    code varchar(10) NOT NULL UNIQUE CHECK (code <> ''),
    place integer NOT NULL UNIQUE,
    department_id {uuid} NOT NULL REFERENCES department (id),
    name_zh varchar(200) NOT NULL CHECK (name_zh <> ''),
    name_en varchar(200) NOT NULL CHECK (name_en <> ''),
    status varchar(10) NOT NULL CHECK (status IN ('ACTIVE', 'CANCELLED', 'MERGED', 'TO_FILING', 'TO_SELF', 'REGIONAL')),
    version integer NOT NULL
);
CREATE INDEX item_by_department ON item (department_id, place);

-- What an item says from a day on, as one typed document. The silence class, the promised days and how many
-- materials it asks for stand beside it for lists and for the history.
CREATE TABLE item_version (
    id {uuid} PRIMARY KEY NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    number integer NOT NULL CHECK (number > 0),
    state varchar(10) NOT NULL CHECK (state IN ('DRAFT', 'PROPOSED', 'PUBLISHED', 'RETIRED')),
    content {json} NOT NULL,
    sha256 varchar(64) NOT NULL,
    silence varchar(2) CHECK (silence IN ('T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'X')),
    promised_days integer CHECK (promised_days >= 0),
    material_count integer NOT NULL CHECK (material_count >= 0),
    valid_from {date},
    valid_to {date},
    retired_for_zh varchar(200) CHECK (retired_for_zh <> ''),
    retired_for_en varchar(200) CHECK (retired_for_en <> ''),
    successor varchar(10) REFERENCES item (code),
    proposed_by {uuid} REFERENCES account (id),
    proposed_at {instant},
    returned_for varchar(1000) CHECK (returned_for <> ''),
    confirmed_by {uuid} REFERENCES account (id),
    confirmed_at {instant},
    document_id {uuid} REFERENCES document (id),
    published_by {uuid} REFERENCES account (id),
    published_at {instant},
    UNIQUE (item_id, number),
    UNIQUE (id, item_id, sha256, valid_from, silence, promised_days),
    CHECK (state <> 'DRAFT' OR (proposed_at IS NULL AND valid_from IS NULL)),
    CHECK (state NOT IN ('PROPOSED', 'PUBLISHED') OR (proposed_at IS NOT NULL AND valid_from IS NOT NULL)),
    CHECK (state <> 'PUBLISHED' OR published_at IS NOT NULL),
    CHECK (published_at IS NULL OR (silence IS NOT NULL AND promised_days IS NOT NULL)),
    CHECK (state NOT IN ('DRAFT', 'PROPOSED') OR published_at IS NULL),
    -- Whoever proposed it does not publish it.
    CHECK (published_by IS NULL OR proposed_by IS NULL OR published_by <> proposed_by),
    CHECK (valid_to IS NULL OR (state = 'RETIRED' AND valid_to >= valid_from)),
    CHECK ((valid_to IS NULL) = (retired_for_zh IS NULL) AND (valid_to IS NULL) = (retired_for_en IS NULL)),
    CHECK (successor IS NULL OR valid_to IS NOT NULL),
    CHECK ((confirmed_at IS NULL) = (document_id IS NULL))
);
-- An item has one version at most that is being worked on.
CREATE UNIQUE INDEX item_version_open ON item_version (item_id) WHERE state IN ('DRAFT', 'PROPOSED');
CREATE INDEX item_version_by_state ON item_version (state, item_id);

-- A publication holds a version to what it said: the checksum of its content, its first day, its silence class and its promised days cannot
-- change any more, whoever writes; the content is held against the checksum when it is read. A version holds until the next
-- one of its item begins, so that two of them never hold on one day as long as no two begin on one.
CREATE TABLE item_publication (
    version_id {uuid} PRIMARY KEY NOT NULL,
    item_id {uuid} NOT NULL,
    sha256 varchar(64) NOT NULL,
    valid_from {date} NOT NULL,
    silence varchar(2) NOT NULL,
    promised_days integer NOT NULL,
    UNIQUE (item_id, valid_from),
    FOREIGN KEY (version_id, item_id, sha256, valid_from, silence, promised_days)
        REFERENCES item_version (id, item_id, sha256, valid_from, silence, promised_days)
);
