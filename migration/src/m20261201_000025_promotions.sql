-- A role with power over all that waits for a second administrator.
CREATE TABLE account_promotion (
    account_id {uuid} PRIMARY KEY NOT NULL REFERENCES account (id),
    role varchar(20) NOT NULL CHECK (role IN ('ADMIN', 'LEADER', 'SUPERVISOR')),
    asked_by {uuid} NOT NULL REFERENCES account (id),
    asked_at {instant} NOT NULL
);
