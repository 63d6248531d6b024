-- By what a browser is known after its session has ended.
ALTER TABLE session ADD COLUMN browser_hash varchar(64);
CREATE INDEX session_by_browser ON session (browser_hash);
-- One address keeps nobody out any more: wrong passwords from there only make all slower.
UPDATE login_throttle SET locked_until = NULL WHERE subject LIKE 'address:%';
