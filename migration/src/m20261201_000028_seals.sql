-- What is answered without a name lies sealed until the close, all in pieces of one size, and is opened and mixed at once: there are no batches
-- and no pieces before.
CREATE TABLE evaluation_sealed (
    id {uuid} PRIMARY KEY NOT NULL,
    evaluation_id {uuid} NOT NULL REFERENCES evaluation (id),
    content {bytes} NOT NULL
);
CREATE INDEX evaluation_sealed_by_evaluation ON evaluation_sealed (evaluation_id);
DROP INDEX evaluation_part_by_evaluation;
ALTER TABLE evaluation_part DROP COLUMN released;
CREATE INDEX evaluation_part_by_evaluation ON evaluation_part (evaluation_id);
ALTER TABLE evaluation DROP COLUMN pooled;
-- What was read on a sheet lies sealed beside it. Only the service has the key, so what lay open is forgotten: the sheet is typed in again.
UPDATE evaluation_sheet SET state = 'ISSUED', first = NULL, first_by = NULL, second = NULL, second_by = NULL, version = version + 1
    WHERE state <> 'ISSUED';
