-- Substring search over log lines. Without the extension the search still works, by reading them all.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX run_event_message ON run_event USING gin (message gin_trgm_ops) WHERE type = 'log';
EXCEPTION
  WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
    RAISE NOTICE 'pg_trgm is not available: log search reads every line';
END
$$;
