-- The further files of an act, in their order. What the act is about is a key of several tables, so no reference is kept.
CREATE TABLE attachment (
    subject_id {uuid} NOT NULL,
    place integer NOT NULL CHECK (place BETWEEN 1 AND 10),
    document_id {uuid} NOT NULL REFERENCES document (id),
    PRIMARY KEY (subject_id, place),
    UNIQUE (document_id, subject_id)
);

-- The filters that a person keeps for the lists, each under a name.
CREATE TABLE saved_filter (
    id {uuid} PRIMARY KEY NOT NULL,
    account_id {uuid} NOT NULL REFERENCES account (id),
    list varchar(20) NOT NULL CHECK (list IN ('OBLIGATIONS', 'ENTERPRISES', 'CONTRACTS', 'PROJECTS', 'VISITS', 'SUPERVISIONS',
        'RECTIFICATIONS', 'LETTERS', 'ACCOUNTS', 'AUDIT')),
    name varchar(40) NOT NULL CHECK (name <> ''),
    query varchar(500) NOT NULL CHECK (query <> ''),
    created_at {instant} NOT NULL,
    UNIQUE (account_id, list, name)
);
