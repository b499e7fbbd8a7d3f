#!/usr/bin/env bash
# postgres_insert.sh PORT CLIENTS SECONDS: pgbench, each client one row of 1 KiB a commit. Prints "COUNT SECONDS".
set -euo pipefail
port=$1 clients=$2 seconds=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PATH=$PATH:$(echo /usr/lib/postgresql/*/bin)
export PGHOST=127.0.0.1 PGPORT=$port PGUSER=postgres PGDATABASE=postgres
psql -qc 'CREATE TABLE IF NOT EXISTS anchor_rows (id bigserial PRIMARY KEY, body bytea NOT NULL)' 2>/dev/null
pgbench -n -M prepared -c "$clients" -j 1 -T "$seconds" -f "$here/postgres_insert.sql" 2>/dev/null |
    awk '/transactions actually processed/ { n = $NF; sub("/.*", "", n) } /^tps/ { print n, n / $3 }'
