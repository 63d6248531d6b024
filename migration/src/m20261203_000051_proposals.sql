-- What waits for a leader stands on the start page, which reads no contents: whether a proposed version waits is stored with it.
ALTER TABLE item_version ADD COLUMN awaits_leader boolean NOT NULL DEFAULT false CHECK (NOT awaits_leader OR state = 'PROPOSED');

-- Those that were proposed before: the first version of an item waits if silence decides by it or must not; a later one, if it means another
-- thing by silence than the one in force, or forbids it. On a renewal the same.
UPDATE item_version SET awaits_leader = true
WHERE state = 'PROPOSED' AND confirmed_at IS NULL AND (
    silence = 'X'
    OR content -> 'guide' -> 'validity' ->> 'renewal_class' = 'X'
    OR (
        NOT EXISTS (SELECT 1 FROM item_publication p WHERE p.item_id = item_version.item_id)
        AND (
            silence IN ('T2', 'T3', 'T5')
            OR content -> 'guide' -> 'validity' ->> 'renewal_class' IN ('T2', 'T3', 'T5')
        )
    )
    OR EXISTS (
        SELECT 1 FROM item_publication p JOIN item_version held ON held.id = p.version_id
        WHERE p.item_id = item_version.item_id
        AND p.valid_from = (SELECT MAX(last.valid_from) FROM item_publication last WHERE last.item_id = p.item_id)
        AND (
            COALESCE(held.silence, '') <> COALESCE(item_version.silence, '')
            OR COALESCE(held.content -> 'guide' -> 'validity' ->> 'renewal_class', '')
            <> COALESCE(item_version.content -> 'guide' -> 'validity' ->> 'renewal_class', '')
        )
    )
);
CREATE INDEX item_version_for_leader ON item_version (id) WHERE awaits_leader;
