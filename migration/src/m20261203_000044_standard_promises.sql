-- The versions of the standard promises. The first is the one that the product ships, kept when the second is adopted: only that has neither a
-- person nor a reason.
CREATE TABLE standard_promises (
    id {uuid} PRIMARY KEY NOT NULL,
    version integer NOT NULL UNIQUE CHECK (version > 0),
    promises {json} NOT NULL,
    reason varchar(1000) CHECK (reason <> ''),
    adopted_by {uuid} REFERENCES account (id),
    adopted_at {instant},
    CHECK ((version = 1) = (reason IS NULL)),
    CHECK ((version = 1) = (adopted_at IS NULL)),
    CHECK (version > 1 OR adopted_by IS NULL)
);
