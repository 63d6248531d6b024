-- What ends by itself is counted back from its end, and nobody owes it.
ALTER TABLE deadline ADD COLUMN reckoning varchar(12) NOT NULL DEFAULT 'FORWARD'
    CHECK (reckoning IN ('FORWARD', 'APPLICATION', 'TERM'))
    CHECK (reckoning = 'FORWARD' OR (legal_effect = 'PLANNED' AND state IN ('RUNNING', 'MET', 'CANCELLED') AND extension_days = 0));
ALTER TABLE permit ADD COLUMN deadline_id {uuid} REFERENCES deadline (id);
ALTER TABLE contract ADD COLUMN end_deadline_id {uuid} REFERENCES deadline (id);
-- Each gets a time limit under its own key. No script knows the calendar: the program counts the light days of those that are open at its
-- next start.
INSERT INTO deadline (id, legal_effect, on_expiry, reckoning, unit, limit_days, extension_days, extension_limit, started_on, consumed_days,
        running_since, state, due_on, provisional, red_from, closed_on, version)
    SELECT id, 'PLANNED', 'WARN', 'APPLICATION',
        CASE WHEN kind IN ('LICENCE', 'RADIO', 'HAZARDOUS_WASTE', 'PROJECT_APPROVAL') THEN 'WORKING_DAY' ELSE 'CALENDAR_DAY' END,
        CASE kind WHEN 'POLLUTANT' THEN 60 WHEN 'WATER_ABSTRACTION' THEN 45 WHEN 'SAFETY_PRODUCTION' THEN {quarter} WHEN 'OTHER' THEN 0
            ELSE 30 END,
        0, 0, valid_until, 0,
        CASE WHEN withdrawn_on IS NULL THEN valid_until END,
        CASE WHEN withdrawn_on IS NULL THEN 'RUNNING' ELSE 'CANCELLED' END,
        apply_by, false,
        CASE WHEN withdrawn_on IS NULL THEN {after apply_by} END,
        withdrawn_on, 1
    FROM permit;
UPDATE permit SET deadline_id = id;
INSERT INTO deadline (id, legal_effect, on_expiry, reckoning, unit, limit_days, extension_days, extension_limit, started_on, consumed_days,
        running_since, state, due_on, provisional, red_from, closed_on, version)
    SELECT id, 'PLANNED', 'WARN', 'TERM', 'CALENDAR_DAY', 0, 0, 0, ends_on, 0,
        CASE WHEN state IN ('SIGNED', 'ACTIVE', 'AMENDING', 'SUSPENDED') THEN ends_on END,
        CASE WHEN state IN ('RENEWED', 'EXPIRED') THEN 'MET' WHEN state = 'TERMINATED' THEN 'CANCELLED' ELSE 'RUNNING' END,
        ends_on, false,
        CASE WHEN state IN ('SIGNED', 'ACTIVE', 'AMENDING', 'SUSPENDED') THEN {after ends_on} END,
        CASE WHEN state IN ('RENEWED', 'EXPIRED') THEN ends_on WHEN state = 'TERMINATED' THEN ended_on END, 1
    FROM contract WHERE signed_on IS NOT NULL;
UPDATE contract SET end_deadline_id = id WHERE signed_on IS NOT NULL;
CREATE UNIQUE INDEX permit_by_limit ON permit (deadline_id);
CREATE UNIQUE INDEX contract_by_limit ON contract (end_deadline_id);
-- Asked by lists and by a job that are gone.
DROP INDEX permit_by_end;
-- What has fallen due of late and is open.
CREATE INDEX deadline_due ON deadline (due_on) WHERE closed_on IS NULL;
-- The digest tells it: letters of its own that have not gone are replaced, also those about which a person was to decide, and what they were
-- to tell was not told.
DELETE FROM warning WHERE letter_id IN (SELECT id FROM letter
    WHERE state NOT IN ('SENT', 'SENDING', 'AMBIGUOUS', 'CANCELLED', 'SUPERSEDED') AND kind IN ('CONTRACT_EXPIRY', 'PERMIT_EXPIRY'));
UPDATE letter SET state = 'SUPERSEDED', lease_until = NULL, version = version + 1
    WHERE state NOT IN ('SENT', 'CANCELLED', 'SUPERSEDED') AND kind IN ('CONTRACT_EXPIRY', 'PERMIT_EXPIRY');
