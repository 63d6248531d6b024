CREATE TABLE permit (
    id {uuid} PRIMARY KEY NOT NULL,
    enterprise_id {uuid} NOT NULL REFERENCES enterprise (id),
    kind varchar(20) NOT NULL CHECK (kind IN ('LICENCE', 'POLLUTANT', 'WATER_ABSTRACTION', 'RADIO', 'HAZARDOUS_WASTE', 'RADIATION',
        'SAFETY_PRODUCTION', 'PROJECT_APPROVAL', 'OTHER')),
    number varchar(100) NOT NULL,
    issuer varchar(200) NOT NULL,
    valid_until {date} NOT NULL,
    apply_by {date} NOT NULL,
    withdrawn_on {date},
    created_at {instant} NOT NULL,
    version integer NOT NULL,
    CHECK (apply_by <= valid_until)
);
CREATE UNIQUE INDEX permit_one_per_number ON permit (enterprise_id, kind, number) WHERE withdrawn_on IS NULL;
CREATE INDEX permit_by_end ON permit (valid_until) WHERE withdrawn_on IS NULL;

-- Warnings may be about permits, too. Both databases take a CHECK only with its table.
ALTER TABLE warning RENAME TO warning_before;
CREATE TABLE warning (
    id {uuid} PRIMARY KEY NOT NULL,
    subject_kind varchar(20) NOT NULL CHECK (subject_kind IN ('OBLIGATION', 'CONTRACT', 'PERMIT')),
    subject_id {uuid} NOT NULL,
    threshold varchar(20) NOT NULL,
    recipient_id {uuid} NOT NULL REFERENCES account (id),
    superseded boolean NOT NULL,
    letter_id {uuid} REFERENCES letter (id),
    recorded_at {instant} NOT NULL,
    UNIQUE (subject_id, threshold, recipient_id)
);
INSERT INTO warning (id, subject_kind, subject_id, threshold, recipient_id, superseded, letter_id, recorded_at)
    SELECT id, subject_kind, subject_id, threshold, recipient_id, superseded, letter_id, recorded_at FROM warning_before;
DROP TABLE warning_before;
