ALTER TABLE account ADD COLUMN telephone varchar(20) CHECK (length(telephone) BETWEEN 5 AND 20);
-- Those who have not come yet, for inviting them.
CREATE INDEX account_not_joined ON account (login) WHERE password_hash IS NULL AND disabled_at IS NULL;
