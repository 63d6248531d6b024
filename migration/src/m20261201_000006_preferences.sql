CREATE TABLE preference (
    account_id {uuid} PRIMARY KEY NOT NULL REFERENCES account (id),
    from_hour integer,
    until_hour integer,
    weekdays integer NOT NULL CHECK (weekdays BETWEEN 1 AND 127),
    paused_until {date},
    switched_off {json} NOT NULL,
    version integer NOT NULL,
    CHECK ((from_hour IS NULL) = (until_hour IS NULL)),
    CHECK (from_hour >= 0 AND from_hour < until_hour AND until_hour <= 24)
);

CREATE TABLE notice (
    id {uuid} PRIMARY KEY NOT NULL,
    key varchar(200) NOT NULL UNIQUE,
    recipient_id {uuid} NOT NULL REFERENCES account (id),
    kind varchar(40) NOT NULL,
    title_zh varchar(500) NOT NULL,
    title_en varchar(500) NOT NULL,
    path varchar(200),
    created_at {instant} NOT NULL,
    read_at {instant},
    letter_id {uuid} REFERENCES letter (id),
    waits_for_digest boolean NOT NULL,
    CHECK (NOT waits_for_digest OR letter_id IS NULL)
);
CREATE INDEX notice_by_recipient ON notice (recipient_id, created_at);
CREATE INDEX notice_unread ON notice (recipient_id) WHERE read_at IS NULL;
CREATE INDEX notice_waiting ON notice (recipient_id) WHERE waits_for_digest;
