-- The answers of a project to the questions of the catalogue, as one typed document, and the edition by which it answered last.
CREATE TABLE project_needs (
    project_id {uuid} PRIMARY KEY NOT NULL REFERENCES project (id),
    edition_id {uuid} NOT NULL REFERENCES catalogue_edition (id),
    answers {json} NOT NULL,
    answered_by {uuid} REFERENCES account (id),
    answered_at {instant} NOT NULL,
    version integer NOT NULL CHECK (version > 0)
);
