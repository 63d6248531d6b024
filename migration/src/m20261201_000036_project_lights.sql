-- From these days on a project shows at least yellow (behind, or silent) or red (far behind), as things stand. Which days they are, the rule
-- says and the program keeps; lists compare days. No script knows the calendar: what is neither planned nor not is counted by the program
-- at its next start.
ALTER TABLE project ADD COLUMN is_planned boolean;
ALTER TABLE project ADD COLUMN behind_from {date};
ALTER TABLE project ADD COLUMN far_behind_from {date} CHECK (far_behind_from IS NULL OR far_behind_from >= behind_from)
    CHECK (far_behind_from IS NULL OR behind_from IS NOT NULL) CHECK (behind_from IS NULL OR is_planned);
ALTER TABLE project ADD COLUMN silent_from {date} CHECK (silent_from IS NULL OR state = 'ACTIVE');
CREATE INDEX project_without_light_days ON project (id) WHERE is_planned IS NULL;
