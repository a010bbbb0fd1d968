-- The roles and the database of a site, made once on the primary:
--   psql --file roles.sql --set gateway_password=… --set replication_password=…
\set ON_ERROR_STOP on

CREATE ROLE lienthong LOGIN PASSWORD :'gateway_password';
CREATE ROLE lienthong_replication LOGIN REPLICATION PASSWORD :'replication_password';

-- Bytes compare as in SQLite, so that both engines sort alike.
CREATE DATABASE lienthong OWNER lienthong ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;
REVOKE CONNECT, TEMPORARY ON DATABASE lienthong FROM PUBLIC;

-- What pg_rewind needs instead of a superuser.
GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text, boolean, boolean) TO lienthong_replication;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_stat_file(text, boolean) TO lienthong_replication;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_read_binary_file(text) TO lienthong_replication;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_read_binary_file(text, bigint, bigint, boolean) TO lienthong_replication;

\connect lienthong
-- The gateway makes its tables itself.
ALTER SCHEMA public OWNER TO lienthong;
