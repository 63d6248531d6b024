-- Warnings are about whatever time limits are on, and the program has the table of what that may be. Both databases take a CHECK only with
-- its table.
ALTER TABLE warning RENAME TO warning_before;
CREATE TABLE warning (
    id {uuid} PRIMARY KEY NOT NULL,
    subject_kind varchar(20) NOT NULL,
    subject_id {uuid} NOT NULL,
    threshold varchar(20) NOT NULL,
    recipient_id {uuid} NOT NULL REFERENCES account (id),
    superseded boolean NOT NULL,
    letter_id {uuid} REFERENCES letter (id),
    recorded_at {instant} NOT NULL,
    UNIQUE (subject_id, threshold, recipient_id)
);
INSERT INTO warning (id, subject_kind, subject_id, threshold, recipient_id, superseded, letter_id, recorded_at)
    SELECT id, subject_kind, subject_id, threshold, recipient_id, superseded, letter_id, recorded_at FROM warning_before;
DROP TABLE warning_before;
-- Of a time limit is asked what it is on.
CREATE UNIQUE INDEX rectification_by_contact_limit ON rectification (contact_deadline_id);
CREATE UNIQUE INDEX rectification_by_reply_limit ON rectification (reply_deadline_id);
-- What is overdue the digest and the red list tell, and no job of its own: its letters that have not gone are replaced by them.
UPDATE letter SET state = 'SUPERSEDED', version = version + 1
    WHERE state = 'PENDING' AND kind = 'RECTIFICATION' AND key LIKE 'rectification:%:overdue:%';
DELETE FROM schedule WHERE name = 'rectification_watch';
