-- From these days on an open time limit shows at least yellow, orange, red, black. Which days they are, the rule says and the program
-- keeps; lists, counts and warnings compare days.
DROP INDEX deadline_to_warn;
ALTER TABLE deadline DROP COLUMN warn_from;
ALTER TABLE deadline ADD COLUMN yellow_from {date};
ALTER TABLE deadline ADD COLUMN orange_from {date} CHECK (orange_from >= yellow_from);
ALTER TABLE deadline ADD COLUMN red_from {date} CHECK (red_from >= orange_from);
-- No script knows the calendar. What is red without being yellow is counted by the program at its next start.
UPDATE deadline SET red_from = {late}
    WHERE state = 'RUNNING' OR (state = 'PAUSED' AND legal_effect = 'STATUTORY');
ALTER TABLE deadline ADD COLUMN black_from {date} CHECK (black_from >= red_from)
    CHECK (black_from IS NULL OR legal_effect = 'STATUTORY')
    CHECK (state <> 'RUNNING' OR red_from IS NOT NULL)
    CHECK (red_from IS NULL OR state IN ('RUNNING', 'PAUSED'));
UPDATE deadline SET black_from = red_from WHERE legal_effect = 'STATUTORY';
CREATE INDEX deadline_yellow ON deadline (yellow_from, id) WHERE yellow_from IS NOT NULL;
CREATE INDEX deadline_orange ON deadline (orange_from) WHERE orange_from IS NOT NULL;
CREATE INDEX deadline_red ON deadline (red_from) WHERE red_from IS NOT NULL;
CREATE INDEX deadline_black ON deadline (black_from, id) WHERE black_from IS NOT NULL;
CREATE INDEX deadline_without_light_days ON deadline (id) WHERE red_from IS NOT NULL AND yellow_from IS NULL;
