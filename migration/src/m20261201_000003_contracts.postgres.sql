CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE contract ADD CONSTRAINT contract_terms_never_overlap
    EXCLUDE USING gist (enterprise_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&)
    WHERE (state IN ('SIGNED', 'ACTIVE', 'AMENDING', 'SUSPENDED', 'RENEWED', 'EXPIRED'));
