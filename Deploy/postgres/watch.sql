-- What to look at on the primary every minute: psql --no-psqlrc --tuples-only --no-align --file watch.sql
-- Each line is NAME|VALUE|JUDGEMENT; anything but "good" is for somebody to look at.
\set ON_ERROR_STOP on

-- Standbys whose answer a commit can count on. 0: nothing is acknowledged any more.
SELECT 'synchronous standbys', count(*), CASE WHEN count(*) > 0 THEN 'good' ELSE 'nothing is acknowledged' END
FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum') AND state = 'streaming';

-- Whether a commit waits for another machine at all.
SELECT 'machines demanded', current_setting('synchronous_standby_names'),
  CASE WHEN current_setting('synchronous_standby_names') <> '' THEN 'good' ELSE 'one machine only by decision' END;

-- Seconds the slowest standby is behind with what it would show to readers after a promotion.
SELECT 'seconds behind', coalesce(ceil(extract(epoch FROM max(replay_lag))), 0),
  CASE WHEN coalesce(max(replay_lag), '0') < '30 s' THEN 'good' ELSE 'a promotion would take long' END
FROM pg_stat_replication;

-- Sessions whose COMMIT waits for a standby, and since when.
SELECT 'commits waiting', count(*),
  CASE WHEN coalesce(max(clock_timestamp() - state_change), '0') < '5 s' THEN 'good' ELSE 'no standby answers' END
FROM pg_stat_activity WHERE wait_event = 'SyncRep';

-- Segments the archive did not take since the last one it took.
SELECT 'archive', coalesce(last_archived_wal, 'nothing yet'),
  CASE WHEN last_failed_time > coalesce(last_archived_time, '-infinity') THEN 'the archive takes nothing' ELSE 'good' END
FROM pg_stat_archiver;

-- The oldest transaction: it holds locks, and dead rows cannot be removed.
SELECT 'oldest transaction, seconds', coalesce(ceil(extract(epoch FROM max(clock_timestamp() - xact_start))), 0),
  CASE WHEN coalesce(max(clock_timestamp() - xact_start), '0') < '5 min' THEN 'good' ELSE 'look at pg_stat_activity' END
FROM pg_stat_activity WHERE backend_type = 'client backend';

SELECT 'connections', count(*),
  CASE WHEN count(*) < 0.8 * current_setting('max_connections')::int THEN 'good' ELSE 'max_connections is near' END
FROM pg_stat_activity WHERE backend_type = 'client backend';

-- Pages whose checksum was wrong: the disk lies. Restore the machine from another one.
SELECT 'damaged pages', coalesce(sum(checksum_failures), 0),
  CASE WHEN coalesce(sum(checksum_failures), 0) = 0 THEN 'good' ELSE 'the disk is failing' END
FROM pg_stat_database;
