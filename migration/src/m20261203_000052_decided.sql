-- What was decided in a stretch of days.
CREATE INDEX approval_case_decided ON approval_case (decided_on, item_id) WHERE decided_on IS NOT NULL;
-- What nobody has taken, and what waits for a second person: few of many.
CREATE INDEX approval_case_untaken ON approval_case (due_on, id) WHERE decided_on IS NULL AND officer_id IS NULL;
CREATE INDEX approval_case_proposed ON approval_case (due_on, id) WHERE decided_on IS NULL AND proposed_at IS NOT NULL;
