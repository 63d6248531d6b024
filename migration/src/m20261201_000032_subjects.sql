-- Of a time limit is asked what it is on.
CREATE UNIQUE INDEX rectification_by_contact_limit ON rectification (contact_deadline_id);
CREATE UNIQUE INDEX rectification_by_reply_limit ON rectification (reply_deadline_id);
-- What is overdue the digest and the red list tell, and no job of its own: its letters that have not gone are replaced by them, also those
-- about which a person was to decide, and its runs that have not ended never go on.
UPDATE letter SET state = 'SUPERSEDED', lease_until = NULL, version = version + 1
    WHERE state NOT IN ('SENT', 'CANCELLED', 'SUPERSEDED') AND kind = 'RECTIFICATION' AND key LIKE 'rectification:%:overdue:%';
UPDATE job_run SET state = 'ABANDONED', finished_at = started_at, lease_until = NULL
    WHERE job = 'rectification_watch' AND state IN ('CLAIMED', 'RUNNING');
UPDATE job_run SET retry_at = NULL WHERE job = 'rectification_watch' AND retry_at IS NOT NULL;
DELETE FROM schedule WHERE name = 'rectification_watch';
