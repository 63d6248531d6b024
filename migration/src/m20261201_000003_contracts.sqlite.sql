CREATE TRIGGER contract_terms_insert BEFORE INSERT ON contract
WHEN NEW.state IN ('SIGNED', 'ACTIVE', 'AMENDING', 'SUSPENDED', 'RENEWED', 'EXPIRED')
BEGIN
    SELECT RAISE(ABORT, 'QIYUE_OVERLAP') WHERE EXISTS (
        SELECT 1 FROM contract other
        WHERE other.enterprise_id = NEW.enterprise_id AND other.id <> NEW.id
          AND other.state IN ('SIGNED', 'ACTIVE', 'AMENDING', 'SUSPENDED', 'RENEWED', 'EXPIRED')
          AND other.starts_on <= NEW.ends_on AND other.ends_on >= NEW.starts_on);
END;
CREATE TRIGGER contract_terms_update BEFORE UPDATE OF state, starts_on, ends_on ON contract
WHEN NEW.state IN ('SIGNED', 'ACTIVE', 'AMENDING', 'SUSPENDED', 'RENEWED', 'EXPIRED')
BEGIN
    SELECT RAISE(ABORT, 'QIYUE_OVERLAP') WHERE EXISTS (
        SELECT 1 FROM contract other
        WHERE other.enterprise_id = NEW.enterprise_id AND other.id <> NEW.id
          AND other.state IN ('SIGNED', 'ACTIVE', 'AMENDING', 'SUSPENDED', 'RENEWED', 'EXPIRED')
          AND other.starts_on <= NEW.ends_on AND other.ends_on >= NEW.starts_on);
END;
