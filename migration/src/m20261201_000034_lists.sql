-- Every order in which a list is read has an index; what is open is told by the day on which it was closed, because a statement with a value
-- for the state leads to no index of one state.
DROP INDEX deadline_open;
DROP INDEX deadline_due;
CREATE INDEX deadline_open ON deadline (due_on, id) WHERE closed_on IS NULL;
CREATE INDEX deadline_by_day ON deadline (due_on, id);
DROP INDEX obligation_open;
DROP INDEX obligation_opened;
CREATE INDEX obligation_open ON obligation (enterprise_id, opened_at) WHERE closed_at IS NULL;
CREATE INDEX obligation_backdated ON obligation (opened_at, id) WHERE backdating_reason IS NOT NULL;
CREATE INDEX obligation_by_opening ON obligation (opened_at, id);
CREATE INDEX obligation_by_closing ON obligation (closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX commitment_by_department ON commitment (department_id) WHERE department_id IS NOT NULL;
CREATE INDEX contract_by_first_day ON contract (starts_on, id);
CREATE INDEX contract_by_last_day ON contract (ends_on, id);
CREATE INDEX enterprise_by_creation ON enterprise (created_at, id);
CREATE INDEX enterprise_by_name ON enterprise (name_zh, id);
CREATE INDEX enterprise_by_industry ON enterprise (industry, id);
CREATE INDEX project_by_name ON project (name, id);
CREATE INDEX milestone_by_day ON milestone ((COALESCE(forecast_on, '9999-12-31')), position, id);
CREATE INDEX permit_by_application ON permit (apply_by, id);
CREATE INDEX rectification_by_opening ON rectification (opened_at, id);
CREATE INDEX letter_by_writing ON letter (created_at, id);
DROP INDEX audit_entry_by_actor;
CREATE INDEX audit_entry_by_actor ON audit_entry (actor_id, subject_kind);
CREATE INDEX audit_entry_by_kind ON audit_entry (subject_kind, at, id);
CREATE INDEX project_requirement_by_outcome ON project_requirement (outcome, project_id);
CREATE INDEX audit_entry_of_operations ON audit_entry (at, id)
    WHERE subject_kind IN ('Account', 'Department', 'Session', 'Calendar', 'Job', 'Letter', 'Mail');
CREATE INDEX letter_by_kind ON letter (kind, created_at, id);
-- Of letters, what is settled becomes more for ever: what waits or needs somebody is counted without it.
CREATE INDEX letter_unsettled ON letter (state) WHERE state NOT IN ('SENT', 'CANCELLED', 'SUPERSEDED');
-- A walk from the light that is wanted goes on behind the last row that it read.
DROP INDEX deadline_red;
CREATE INDEX deadline_red ON deadline (red_from, id) WHERE red_from IS NOT NULL;
DROP INDEX letter_undelivered;
CREATE INDEX letter_undelivered ON letter (created_at, id) WHERE state IN ('HELD', 'DEAD', 'EXPIRED', 'SUPPRESSED');
