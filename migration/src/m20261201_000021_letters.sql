-- The digests that have not gone yet: a later one replaces them.
CREATE INDEX letter_waiting_by_kind ON letter (kind) WHERE state = 'PENDING';
-- What has begun to be owed of late and is still open.
CREATE INDEX obligation_opened ON obligation (opened_at) WHERE state = 'OPEN';
