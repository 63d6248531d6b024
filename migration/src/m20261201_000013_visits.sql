CREATE TABLE visit (
    id {uuid} PRIMARY KEY NOT NULL,
    enterprise_id {uuid} NOT NULL REFERENCES enterprise (id),
    kind varchar(9) NOT NULL CHECK (kind IN ('ON_SITE', 'MEETING', 'TELEPHONE', 'MESSAGE')),
    state varchar(9) NOT NULL CHECK (state IN ('AGREED', 'HELD', 'CANCELLED')),
    starts_at {instant} NOT NULL,
    ends_at {instant},
    place varchar(200),
    purpose varchar(200),
    summary varchar(500),
    internal_note varchar(2000),
    document_id {uuid} REFERENCES document (id),
    state_reason varchar(1000),
    recorded_by {uuid} REFERENCES account (id),
    recorded_at {instant} NOT NULL,
    version integer NOT NULL,
    CHECK ((ends_at IS NULL) = (purpose IS NULL)),
    CHECK (state = 'HELD' OR purpose IS NOT NULL),
    CHECK ((state = 'HELD') = (summary IS NOT NULL)),
    CHECK ((state = 'CANCELLED') = (state_reason IS NOT NULL))
);
CREATE INDEX visit_by_enterprise ON visit (enterprise_id, starts_at);
CREATE INDEX visit_by_start ON visit (starts_at);
