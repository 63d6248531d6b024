-- Asked at every walk over what is late: extensions are few, and time limits are many.
CREATE INDEX deadline_beyond_its_rule ON deadline (id) WHERE extension_days > extension_limit;
