CREATE INDEX audit_entry_by_actor ON audit_entry (actor_id);
