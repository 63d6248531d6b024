-- The further files of an act, in their order. What the act is about is a key of several tables, so no reference is kept.
CREATE TABLE attachment (
    subject_id {uuid} NOT NULL,
    place integer NOT NULL CHECK (place BETWEEN 1 AND 10),
    document_id {uuid} NOT NULL REFERENCES document (id),
    PRIMARY KEY (subject_id, place),
    UNIQUE (document_id, subject_id)
);
