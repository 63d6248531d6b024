-- By these a text filter finds what it means: each wording of a promise once, and the notes on events alone.
CREATE INDEX commitment_by_text_zh ON commitment (text_zh);
CREATE INDEX commitment_by_text_en ON commitment (text_en);
CREATE INDEX obligation_noted ON obligation (opened_at, id) WHERE event_note IS NOT NULL;
