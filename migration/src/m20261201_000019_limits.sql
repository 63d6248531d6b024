-- By how many days a limit that the law sets may be extended belongs to its rule; a time limit keeps what was in force when it was opened.
-- Known are the two decision clocks of the licence law (行政许可法第四十二条): twenty working days and ten more, forty-five and fifteen more.
ALTER TABLE commitment ADD COLUMN extension_days integer NOT NULL DEFAULT 0
    CHECK (extension_days = 0 OR (extension_days > 0 AND legal_effect = 'STATUTORY'));
UPDATE commitment SET extension_days = CASE limit_days WHEN 20 THEN 10 ELSE 15 END
    WHERE legal_effect = 'STATUTORY' AND unit = 'WORKING_DAY' AND limit_days IN (20, 45) AND legal_basis LIKE '%许可法%';
ALTER TABLE deadline ADD COLUMN extension_limit integer NOT NULL DEFAULT 0 CHECK (extension_limit >= 0);
UPDATE deadline SET extension_limit = COALESCE((SELECT commitment.extension_days FROM obligation
    JOIN commitment ON commitment.id = obligation.commitment_id WHERE obligation.deadline_id = deadline.id), 0)
    WHERE legal_effect = 'STATUTORY';
-- What was done on an earlier day than it was entered says why.
ALTER TABLE obligation ADD COLUMN backdating_reason varchar(1000) CHECK (backdating_reason IS NULL OR state = 'FULFILLED');
