-- What lists and pages never show is read with the report no more.
CREATE TABLE report_facts (
    report_id {uuid} PRIMARY KEY NOT NULL REFERENCES report (id),
    summary {json} NOT NULL,
    facts text NOT NULL
);
INSERT INTO report_facts (report_id, summary, facts) SELECT id, {summary}, {written} FROM report;
ALTER TABLE report DROP COLUMN facts;

-- The lights of all that is open are counted without a look at the tables: two walks in the same order.
CREATE INDEX obligation_open_limit ON obligation (deadline_id, enterprise_id) WHERE closed_at IS NULL;
CREATE INDEX deadline_lights ON deadline (id, yellow_from, orange_from, red_from, black_from, state) WHERE closed_on IS NULL;
