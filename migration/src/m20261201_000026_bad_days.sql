-- How often this database has let something out of the house that a copy of it cannot take back: letters whose body was about to go to a
-- relay, and holds that were found necessary. The mark beside the service remembers it.
ALTER TABLE mail_state ADD COLUMN let_out bigint NOT NULL DEFAULT 0;
-- When a machine with a fitting mark last looked, by the clock of the database.
ALTER TABLE mail_state ADD COLUMN vouched_at {instant};
-- The state is there from the beginning, so that a backup from before the first letter has the name of its database, too.
INSERT INTO mail_state (id, database_id, signing_key, version)
    SELECT 1, {new_uuid}, {new_key}, 1 WHERE NOT EXISTS (SELECT 1 FROM mail_state);
UPDATE mail_state SET let_out = (SELECT COUNT(*) FROM letter_attempt
    WHERE phase = 'BODY' AND (text IS NULL OR text <> 'in the local mailbox'));

-- Is written to find out whether anything can be written.
CREATE TABLE write_probe (
    id integer PRIMARY KEY NOT NULL CHECK (id = 1),
    beats bigint NOT NULL
);
INSERT INTO write_probe (id, beats) VALUES (1, 0);
