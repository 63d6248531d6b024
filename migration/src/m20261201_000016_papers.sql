CREATE TABLE evaluation_sheet (
    id {uuid} PRIMARY KEY NOT NULL,
    evaluation_id {uuid} NOT NULL REFERENCES evaluation (id),
    form_id {uuid} NOT NULL UNIQUE REFERENCES evaluation_form (id),
    code_hash varchar(64) NOT NULL UNIQUE,
    state varchar(10) NOT NULL CHECK (state IN ('ISSUED', 'ENTERED', 'DIFFERENT')),
    first {json},
    first_by {uuid} REFERENCES account (id),
    second {json},
    second_by {uuid} REFERENCES account (id),
    version integer NOT NULL,
    CHECK ((first IS NULL) = (state = 'ISSUED')),
    CHECK ((first IS NULL) = (first_by IS NULL)),
    CHECK ((second IS NULL) = (state <> 'DIFFERENT')),
    CHECK ((second IS NULL) = (second_by IS NULL)),
    CHECK (second_by IS NULL OR second_by <> first_by)
);
CREATE INDEX evaluation_sheet_by_evaluation ON evaluation_sheet (evaluation_id);
