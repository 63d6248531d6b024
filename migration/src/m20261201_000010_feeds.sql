CREATE TABLE feed (
    id {uuid} PRIMARY KEY NOT NULL,
    account_id {uuid} NOT NULL REFERENCES account (id),
    name varchar(100) NOT NULL,
    secret_hash varchar(64) NOT NULL UNIQUE,
    created_at {instant} NOT NULL,
    last_read_at {instant},
    revoked_at {instant}
);
CREATE INDEX feed_by_account ON feed (account_id);
