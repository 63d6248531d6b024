CREATE TABLE absence (
    id {uuid} PRIMARY KEY NOT NULL,
    account_id {uuid} NOT NULL REFERENCES account (id),
    deputy_id {uuid} NOT NULL REFERENCES account (id),
    from_on {date} NOT NULL,
    until_on {date} NOT NULL,
    state varchar(8) NOT NULL CHECK (state IN ('PLANNED', 'CURRENT', 'ENDED')),
    ended_at {instant},
    recorded_by {uuid} REFERENCES account (id),
    recorded_at {instant} NOT NULL,
    version integer NOT NULL,
    CHECK (deputy_id <> account_id),
    CHECK (until_on >= from_on),
    CHECK ((state = 'ENDED') = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX absence_one_current ON absence (account_id) WHERE state = 'CURRENT';
CREATE INDEX absence_by_account ON absence (account_id);
CREATE INDEX absence_by_deputy ON absence (deputy_id) WHERE state = 'CURRENT';
CREATE INDEX absence_to_turn ON absence (state) WHERE state <> 'ENDED';

ALTER TABLE letter ADD COLUMN absence_id {uuid} REFERENCES absence (id);
