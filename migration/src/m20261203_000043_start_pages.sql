-- How many show which light is told by two indexes alone. SQLite wants in an index also the column that the index's own condition names.
DROP INDEX deadline_lights;
CREATE INDEX deadline_lights ON deadline (id, yellow_from, orange_from, red_from, black_from, state, closed_on)
    WHERE closed_on IS NULL;
DROP INDEX obligation_open_limit;
CREATE INDEX obligation_open_limit ON obligation (deadline_id, enterprise_id, closed_at) WHERE closed_at IS NULL;
-- So are the enterprises to watch: what is closed has no light days.
DROP INDEX deadline_orange;
CREATE INDEX deadline_orange ON deadline (orange_from, red_from, black_from, id) WHERE orange_from IS NOT NULL;
-- A department promises little of what is open, and its head looks at that alone.
CREATE INDEX obligation_open_by_promise ON obligation (commitment_id, deadline_id, closed_at) WHERE closed_at IS NULL;
-- What was entered late since a day: without it, all that was closed since then is looked at.
CREATE INDEX obligation_backdated_by_closing ON obligation (closed_at, opened_at, id) WHERE backdating_reason IS NOT NULL;
-- What has happened last, however much happened at the same instant; and the few kinds of changes that are news.
DROP INDEX audit_entry_by_time;
CREATE INDEX audit_entry_by_time ON audit_entry (at, id);
CREATE INDEX audit_entry_by_action ON audit_entry (action, at);
CREATE INDEX permit_by_enterprise ON permit (enterprise_id);
