-- What was decided in a stretch of days.
CREATE INDEX approval_case_decided ON approval_case (decided_on, item_id) WHERE decided_on IS NOT NULL;
