-- A CHECK changes with its table, and a table that others point to cannot be made anew while foreign keys hold. For a change that no
-- stored row can break SQLite's documentation names this way (lang_altertable.html, section 7).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''SUPPRESSED'', ''CANCELLED'')', '''SUPPRESSED'', ''CANCELLED'', ''SUPERSEDED'')')
    WHERE type = 'table' AND name = 'letter';
PRAGMA writable_schema = RESET;
